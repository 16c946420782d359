using System.Runtime.CompilerServices;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Datasets;

/// <summary>A manifest file, in the order of its lines. Image paths are relative to its folder.</summary>
/// <param name="file">The manifest.</param>
/// <param name="format">CSV or JSON Lines.</param>
/// <param name="masks">Folder that mask paths are relative to.</param>
internal sealed class ManifestSource(string file, DatasetFormat format, RootedFolder masks)
    : ItemSource(new RootedFolder(Path.GetDirectoryName(file)!), format)
{
    public override string LookedFor => "one line an image, with at least a path";

    public override async IAsyncEnumerable<SourceItem> ReadAsync(Findings findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = Format == DatasetFormat.Csv ? CsvRows.ReadAsync(file, findings, cancellationToken) : JsonRows.ReadAsync(file, findings, cancellationToken);
        await foreach (var row in rows)
        {
            if (ToItem(row, findings) is { } item)
            {
                yield return new(item, row.Line);
            }
        }
    }

    private DatasetItem? ToItem(ManifestRow row, Findings findings)
    {
        if (row.Path is null)
        {
            findings.Problem($"{file}:{row.Line}: there is no path. Give the image's path, relative to {Images.Root}.");
            return null;
        }

        var path = Inside(Images, row.Path, "path", row.Line, findings);
        var mask = row.Mask is null ? null : Inside(masks, row.Mask, "mask", row.Line, findings);
        return path is null || (row.Mask is not null && mask is null) ? null : new DatasetItem
        {
            Index = 0,
            Id = path,
            Path = path,
            Label = row.Label,
            Split = row.Split ?? "all",
            Mask = mask,
            Boxes = row.Boxes,
            Group = row.Group,
            Metadata = row.Metadata,
        };
    }

    private string? Inside(RootedFolder folder, string written, string column, int line, Findings findings)
    {
        var path = Normal(folder, written);
        if (path.Contains("://", StringComparison.Ordinal))
        {
            findings.Problem($"{file}:{line}: {column} '{Shown.Text(written)}' is a URL; only files are read. Give a path relative to {folder.Root}.");
            return null;
        }

        if (folder.Refusal(path) is { } reason)
        {
            findings.Problem($"{file}:{line}: {column} '{Shown.Text(written)}' is refused: {reason}. Give a path relative to {folder.Root} that stays below it.");
            return null;
        }

        return path;
    }

    /// <summary>Forward slashes, no "./": many tools write manifests so, on Windows with backslashes.</summary>
    private static string Normal(RootedFolder folder, string written)
    {
        var slashes = written.Contains('\\') && (RelativePath.Refusal(written) is not null || !File.Exists(Path.Combine(folder.Root, written)))
            ? written.Replace('\\', '/')
            : written;
        while (slashes.StartsWith("./", StringComparison.Ordinal))
        {
            slashes = slashes[2..];
        }

        return slashes;
    }
}
