using BatchXai.TorchScript.Archive;
using BatchXai.TorchScript.Code;

namespace BatchXai.TorchScript.Rewrite;

/// <summary>An archive's code with the second way through the model added.</summary>
/// <param name="Files">All code files: name below <c>code/</c> to text.</param>
/// <param name="Layers">Layers that can be kept or replaced.</param>
/// <param name="BeforeAttention">How many of them stand before the last attention; 0 without one.</param>
internal sealed record ScriptCode(IReadOnlyDictionary<string, string> Files, IReadOnlyList<ScriptLayer> Layers, int BeforeAttention)
{
    /// <exception cref="ScriptModelException">The model does not take one image and give scores.</exception>
    /// <exception cref="NotSupportedException">The code cannot be rewritten; the message completes "because …".</exception>
    internal static ScriptCode Rewrite(ScriptArchive archive)
    {
        var library = new CodeLibrary(archive.Code);
        var (type, forward) = Signature.Find(library, archive);
        var scores = Signature.Scores(library, forward, archive.Path);
        var instrumenter = new Instrumenter(library);
        var copy = instrumenter.Copy(new Binding(type.Name, type), forward);
        instrumenter.Add(type, KeepCode.Explain(type.Name, copy ?? forward.Name, copy is null ? string.Empty : KeepCode.Arguments, scores));
        var files = new Dictionary<string, string>(archive.Code, StringComparer.Ordinal) { [KeepCode.File] = KeepCode.Keep.ReplaceLineEndings("\n") };
        foreach (var inFile in instrumenter.Added.GroupBy(entry => entry.Key.File))
        {
            var lines = library.File(inFile.Key)!.Lines.ToList();
            foreach (var (changed, text) in inFile.OrderByDescending(entry => entry.Key.EndLine))
            {
                lines.Insert(changed.EndLine, text.ToString().TrimEnd());
            }

            files[inFile.Key] = string.Join('\n', lines);
        }

        return new ScriptCode(files, instrumenter.Layers, instrumenter.BeforeAttention);
    }
}
