using System.IO.Compression;
using System.Text;

namespace BatchXai.TorchScript.Archive;

/// <summary>Reads entries within bounds: what an entry really unpacks to may differ from what it declares.</summary>
internal static class EntryReader
{
    internal static string Text(ZipArchiveEntry entry, ref long left, string path)
    {
        var bytes = Head(entry, left);
        left -= bytes.Length;
        if (left <= 0)
        {
            throw new ScriptModelException(ScriptProblem.UnsafeArchive, $"{path} is refused: its code is longer than the limit, in '{entry.FullName}'. Save a smaller model, or export ONNX.");
        }

        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The first bytes, at most <paramref name="most"/>.</summary>
    internal static byte[] Head(ZipArchiveEntry entry, long most)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        var piece = new byte[1 << 16];
        for (int read; copy.Length < most && (read = stream.Read(piece, 0, (int)Math.Min(piece.Length, most - copy.Length))) > 0;)
        {
            copy.Write(piece, 0, read);
        }

        return copy.ToArray();
    }
}
