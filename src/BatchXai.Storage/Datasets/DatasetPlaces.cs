using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Datasets;

/// <summary>Finds the places that a dataset is made of. What is wrong with one is told to <paramref name="findings"/>.</summary>
internal sealed class DatasetPlaces(DatasetSpec spec, SourceLocations locations, Findings findings)
{
    /// <summary>The mask folder; null: none is given, or it cannot be used.</summary>
    public async Task<FileTree?> MasksAsync(CancellationToken cancellationToken)
    {
        if (spec.Masks is null || Normal(spec.Masks, "mask folder") is not { } folder)
        {
            return null;
        }

        if (await locations.FindAsync(folder, cancellationToken) != LocationKind.Folder)
        {
            findings.Problem($"The mask folder {folder} does not exist. Give the folder that holds the masks, laid out like the images, or leave it out.");
            return null;
        }

        if (locations.Refusal(spec.Path) is null && folder == locations.Normalize(spec.Path))
        {
            findings.Problem($"Images and masks are the same folder, {folder}, so that masks would be read as images. Move the masks to a folder of their own.");
            return null;
        }

        return locations.Tree(folder);
    }

    /// <summary>The items; null: there is no dataset.</summary>
    public async Task<ItemSource?> SourceAsync(FileTree? masks, CancellationToken cancellationToken)
    {
        if (Normal(spec.Path, "dataset") is not { } path)
        {
            return null;
        }

        var kind = await locations.FindAsync(path, cancellationToken);
        if (kind == LocationKind.Folder)
        {
            var images = locations.Tree(path);
            return new FolderSource(images, await FolderLayout.OfAsync(images, masks?.Location, findings, cancellationToken), masks?.Location);
        }

        if (kind == LocationKind.Nothing)
        {
            findings.Problem($"The dataset {path} does not exist. Give a folder of images, or a manifest (.csv or .jsonl).");
            return null;
        }

        DatasetFormat? format = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => DatasetFormat.Csv,
            ".JSONL" or ".NDJSON" => DatasetFormat.JsonLines,
            _ => null,
        };
        if (format is null)
        {
            findings.Problem($"The dataset {path} is neither a folder nor a manifest. Expected a folder of images, or a manifest that ends in .csv or .jsonl.");
            return null;
        }

        var folder = locations.Tree(locations.ParentOf(path));
        return new ManifestSource(new SourceFile(locations, path), format.Value, folder, masks ?? folder);
    }

    /// <summary>The class map; null: none is given, or it cannot be used.</summary>
    public async Task<SourceFile?> ClassMapAsync(CancellationToken cancellationToken)
    {
        if (spec.ClassMap is null || Normal(spec.ClassMap, "class map") is not { } file)
        {
            return null;
        }

        if (await locations.FindAsync(file, cancellationToken) == LocationKind.File)
        {
            return new SourceFile(locations, file);
        }

        findings.Problem($"The class map {file} does not exist. Check the path, or leave it out.");
        return null;
    }

    private string? Normal(string location, string what)
    {
        if (locations.Refusal(location) is not { } reason)
        {
            return locations.Normalize(location);
        }

        findings.Problem($"The {what} '{Shown.Text(location)}' is refused: {reason}. Expected {locations.Expected}.");
        return null;
    }
}
