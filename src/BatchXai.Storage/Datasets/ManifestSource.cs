using System.Runtime.CompilerServices;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Datasets;

/// <summary>A manifest file, in the order of its lines. Image paths are relative to its folder.</summary>
/// <param name="file">The manifest.</param>
/// <param name="format">CSV or JSON Lines.</param>
/// <param name="images">The folder that it lies in.</param>
/// <param name="masks">Folder that mask paths are relative to.</param>
internal sealed class ManifestSource(SourceFile file, DatasetFormat format, FileTree images, FileTree masks)
    : ItemSource(images, format)
{
    public override string LookedFor => "one line an image, with at least a path";

    public override async IAsyncEnumerable<SourceItem> ReadAsync(Findings findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = Format == DatasetFormat.Csv ? CsvRows.ReadAsync(file, findings, cancellationToken) : JsonRows.ReadAsync(file, findings, cancellationToken);
        await foreach (var row in rows)
        {
            if (await ToItemAsync(row, findings, cancellationToken) is { } item)
            {
                yield return new(item, row.Line);
            }
        }
    }

    private async ValueTask<DatasetItem?> ToItemAsync(ManifestRow row, Findings findings, CancellationToken cancellationToken)
    {
        if (row.Path is null)
        {
            findings.Problem($"{file}:{row.Line}: there is no path. Give the image's path, relative to {Images.Location}.");
            return null;
        }

        var path = await InsideAsync(Images, row.Path, "path", row.Line, findings, cancellationToken);
        var mask = row.Mask is null ? null : await InsideAsync(masks, row.Mask, "mask", row.Line, findings, cancellationToken);
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

    private async ValueTask<string?> InsideAsync(FileTree folder, string written, string column, int line, Findings findings, CancellationToken cancellationToken)
    {
        var path = await NormalAsync(folder, written, cancellationToken);
        if (path.Contains("://", StringComparison.Ordinal))
        {
            findings.Problem($"{file}:{line}: {column} '{Shown.Text(written)}' is a URL; only files are read. Give a path relative to {folder.Location}.");
            return null;
        }

        if (folder.Refusal(path) is { } reason)
        {
            findings.Problem($"{file}:{line}: {column} '{Shown.Text(written)}' is refused: {reason}. Give a path relative to {folder.Location} that stays below it.");
            return null;
        }

        return path;
    }

    /// <summary>Forward slashes, no "./": many tools write manifests so, on Windows with backslashes.</summary>
    private static async ValueTask<string> NormalAsync(FileTree folder, string written, CancellationToken cancellationToken)
    {
        var slashes = written.Contains('\\') && !await folder.ExistsAsync(written, cancellationToken)
            ? written.Replace('\\', '/')
            : written;
        while (slashes.StartsWith("./", StringComparison.Ordinal))
        {
            slashes = slashes[2..];
        }

        return slashes;
    }
}
