using System.IO.Compression;

namespace BatchXai.TorchScript.Archive;

/// <summary>What is known of a TorchScript archive without running it: names, code, the class of the model. Nothing is unpickled.</summary>
public sealed class ScriptArchive
{
    private ScriptArchive(string path, string root, string rootClass, IReadOnlyDictionary<string, string> code) =>
        (Path, Root, RootClass, Code) = (path, root, rootClass, code);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The folder inside the archive that holds everything, with a slash at its end.</summary>
    public string Root { get; }

    /// <summary>Qualified name of the model's class, such as <c>__torch__.torchvision.models.resnet.ResNet</c>.</summary>
    public string RootClass { get; }

    /// <summary>Code files: name below <c>code/</c> to text.</summary>
    public IReadOnlyDictionary<string, string> Code { get; }

    /// <summary>Reads the directory and the code of an archive.</summary>
    /// <exception cref="ScriptModelException">It is something else, damaged, or beyond the limits.</exception>
    public static ScriptArchive Open(string path, ArchiveLimits? limits = null)
    {
        limits ??= new ArchiveLimits();
        using var file = File.OpenRead(path);
        FileSignature.Check(file, path);
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            ArchiveCheck.Names(zip, path, limits);
            ArchiveCheck.Sizes(zip, path, limits, file.Length);
            var root = ArchiveKind.RootOfTorchScript(zip, path);
            var left = limits.CodeBytes;
            var code = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries.Where(entry => IsCode(entry.FullName, root)))
            {
                code.Add(entry.FullName[(root + "code/").Length..], EntryReader.Text(entry, ref left, path));
            }

            return new ScriptArchive(path, root, RootClassName.Read(zip.GetEntry(root + "data.pkl")!, path), code);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new ScriptModelException(ScriptProblem.NotAnArchive, $"{path} is a damaged zip archive: {damage.Message} Copy or save the model again.", damage);
        }
    }

    private static bool IsCode(string name, string root) =>
        name.StartsWith(root + "code/", StringComparison.Ordinal) && name.EndsWith(".py", StringComparison.Ordinal);
}
