using System.IO.Compression;
using System.Text;

namespace BatchXai.TorchScript.Archive;

/// <summary>The class of the model: the first thing that data.pkl names. Only that one opcode is read.</summary>
internal static class RootClassName
{
    private const int LongestName = 4096;

    internal static string Read(ZipArchiveEntry pickle, string path)
    {
        // PROTO 2, GLOBAL: module name, line feed, class name, line feed.
        var head = EntryReader.Head(pickle, LongestName);
        var names = head is [0x80, 0x02, (byte)'c', ..] ? Encoding.UTF8.GetString(head, 3, head.Length - 3).Split('\n', 3) : [];
        return names is [var module, { Length: > 0 } name, _] && module.StartsWith("__torch__", StringComparison.Ordinal)
            ? $"{module}.{name}"
            : throw new ScriptModelException(ScriptProblem.NotAnArchive, $"{path}: data.pkl does not begin with a TorchScript module. {Advice.Export}");
    }
}
