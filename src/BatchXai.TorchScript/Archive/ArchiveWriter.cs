using System.IO.Compression;
using System.Text;

namespace BatchXai.TorchScript.Archive;

/// <summary>
/// Copies an archive with other code. Entries are stored, as torch.jit.save does; the reader of torch copies them to memory of its own, so
/// their alignment in the file does not matter.
/// </summary>
internal static class ArchiveWriter
{
    /// <param name="archive">The archive to copy.</param>
    /// <param name="code">All code files: name below <c>code/</c> to text.</param>
    /// <param name="destination">The file to write; it must not exist.</param>
    internal static void Write(ScriptArchive archive, IReadOnlyDictionary<string, string> code, string destination)
    {
        using var source = ZipFile.OpenRead(archive.Path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            // The copy is code that will run: nobody else may change it.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(destination, options);
        using var copy = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var entry in source.Entries.Where(entry => IsKept(entry.FullName, archive.Root)))
        {
            using var from = entry.Open();
            using var to = copy.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
            from.CopyTo(to);
        }

        foreach (var (name, text) in code)
        {
            using var to = copy.CreateEntry($"{archive.Root}code/{name}", CompressionLevel.NoCompression).Open();
            to.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Not the old code, nor the tables that map it to lines of the Python sources.</summary>
    private static bool IsKept(string name, string root) =>
        name.StartsWith(root, StringComparison.Ordinal) && !name.EndsWith('/') && !name.StartsWith(root + "code/", StringComparison.Ordinal);
}
