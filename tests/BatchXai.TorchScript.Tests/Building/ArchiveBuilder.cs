using System.IO.Compression;
using System.Text;

namespace BatchXai.TorchScript.Tests.Building;

/// <summary>Writes archives as torch.jit.save lays them out: code, pickles and storages in one folder of a zip file.</summary>
internal static class ArchiveBuilder
{
    internal static byte[] Build(ScriptObject model, params (string File, string Text)[] code)
    {
        var (pickle, storages) = PickleWriter.Write(model);
        return Zip(
        [
            ("net/data.pkl", pickle),
            .. code.Select(file => ("net/code/" + file.File, Encoding.UTF8.GetBytes(file.Text.ReplaceLineEndings("\n")))),
            .. storages.Select((storage, key) => ($"net/data/{key}", storage)),
            ("net/constants.pkl", [0x80, 0x02, (byte)')', (byte)'.']),
            ("net/version", "3\n"u8.ToArray()),
        ]);
    }

    internal static byte[] Zip(IEnumerable<(string Name, byte[] Content)> entries, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
