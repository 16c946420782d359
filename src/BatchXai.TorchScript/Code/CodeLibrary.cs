namespace BatchXai.TorchScript.Code;

/// <summary>All code of an archive, by qualified name. Files are read when something in them is asked for.</summary>
internal sealed class CodeLibrary(IReadOnlyDictionary<string, string> files)
{
    private readonly Dictionary<string, CodeFile?> parsed = new(StringComparer.Ordinal);

    /// <summary>The class of that name; null when there is none.</summary>
    internal ScriptClass? Class(string name) => FileOf(name)?.Classes.GetValueOrDefault(name);

    /// <summary>The free function of that name; null when there is none.</summary>
    internal ScriptFunction? Function(string name) => FileOf(name)?.Functions.GetValueOrDefault(name[(name.LastIndexOf('.') + 1)..]);

    /// <summary>The parsed file; null when the archive has none of that name.</summary>
    internal CodeFile? File(string name)
    {
        if (!parsed.TryGetValue(name, out var file))
        {
            parsed[name] = file = files.TryGetValue(name, out var text) ? CodeFile.Parse(name, text) : null;
        }

        return file;
    }

    private CodeFile? FileOf(string name) => name.LastIndexOf('.') is var dot and > 0 ? File(name[..dot].Replace('.', '/') + ".py") : null;
}
