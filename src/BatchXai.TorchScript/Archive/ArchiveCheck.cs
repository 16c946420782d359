using System.IO.Compression;

namespace BatchXai.TorchScript.Archive;

/// <summary>Refuses archives that were made to harm whoever opens them.</summary>
internal static class ArchiveCheck
{
    internal static void Names(ZipArchive zip, string path, ArchiveLimits limits)
    {
        if (zip.Entries.Count > limits.Entries)
        {
            throw Refused(path, $"it has {zip.Entries.Count} entries, and {limits.Entries} is the limit");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in zip.Entries.Select(entry => entry.FullName))
        {
            if (name.Length is 0 or > 4096 || name.StartsWith('/') || name.Any(character => character is '\\' or < ' ') || name.Split('/').Contains(".."))
            {
                throw Refused(path, $"the entry name '{(name.Length > 80 ? name[..80] + "…" : name).Replace('\0', '?')}' leads elsewhere");
            }

            if (!seen.Add(name))
            {
                throw Refused(path, $"it has two entries '{name}'");
            }
        }
    }

    /// <summary>Sizes that the directory declares. torch trusts them, so entries that overlap are refused too.</summary>
    internal static void Sizes(ZipArchive zip, string path, ArchiveLimits limits, long fileLength)
    {
        var (whole, packed) = (0L, 0L);
        foreach (var entry in zip.Entries)
        {
            whole += Math.Min(entry.Length, long.MaxValue - whole);
            packed += Math.Min(entry.CompressedLength, long.MaxValue - packed);
            if (entry.Length / limits.Ratio > entry.CompressedLength)
            {
                throw Refused(path, $"the entry '{entry.FullName}' unpacks {entry.CompressedLength} bytes to {entry.Length}");
            }
        }

        if (whole > limits.Bytes)
        {
            throw Refused(path, $"it unpacks to {whole} bytes, and {limits.Bytes} is the limit");
        }

        if (packed > fileLength)
        {
            throw Refused(path, "its entries overlap");
        }
    }

    private static ScriptModelException Refused(string path, string reason) =>
        new(ScriptProblem.UnsafeArchive, $"{path} is refused: {reason}. An archive that torch.jit.save wrote is not like this; save the model again.");
}
