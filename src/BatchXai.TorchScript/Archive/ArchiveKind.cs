using System.IO.Compression;

namespace BatchXai.TorchScript.Archive;

/// <summary>Tells a TorchScript archive from the other zip archives that PyTorch writes.</summary>
internal static class ArchiveKind
{
    /// <summary>The folder that holds everything, with its slash. torch takes the one of the first entry.</summary>
    internal static string RootOfTorchScript(ZipArchive zip, string path)
    {
        if (zip.Entries.Any(IsExportedProgram))
        {
            throw new ScriptModelException(ScriptProblem.ExportedProgram, $"{path} is a program of torch.export (.pt2), which only Python can run. In Python: torch.onnx.export(torch.export.load(\"model.pt2\"), (), \"model.onnx\"), and use the ONNX file.");
        }

        var root = zip.Entries.Count == 0 ? string.Empty : zip.Entries[0].FullName[..(zip.Entries[0].FullName.IndexOf('/', StringComparison.Ordinal) + 1)];
        if (root.Length == 0 || zip.GetEntry(root + "data.pkl") is null)
        {
            var old = root.Length > 0 && zip.GetEntry(root + "model.json") is not null;
            throw new ScriptModelException(
                ScriptProblem.NotAnArchive,
                old ? $"{path} was saved by torch.jit before PyTorch 1.4. Load and save it with a newer PyTorch." : $"{path} is a zip file, but not of PyTorch: there is no data.pkl in its first folder. {Advice.Export}");
        }

        if (!zip.Entries.Any(entry => entry.FullName.StartsWith(root + "code/", StringComparison.Ordinal)))
        {
            throw new ScriptModelException(ScriptProblem.StateDict, $"{path} holds pickled weights or a pickled module (torch.save), not TorchScript: a state dict has no architecture. {Advice.Export}");
        }

        return root;
    }

    private static bool IsExportedProgram(ZipArchiveEntry entry) =>
        entry.FullName is var name && (name.EndsWith("/archive_format", StringComparison.Ordinal) || name.StartsWith("serialized_exported_program", StringComparison.Ordinal)
            || name.EndsWith("/models/model.json", StringComparison.Ordinal));
}
