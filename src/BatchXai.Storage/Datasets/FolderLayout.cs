using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Datasets;

/// <summary>Tells from a folder's own entries how the dataset is laid out.</summary>
internal static class FolderLayout
{
    public static IReadOnlyList<string> SplitNames { get; } = ["train", "val", "validation", "test"];

    public static async Task<DatasetFormat> OfAsync(FileTree images, string? maskFolder, Findings findings, CancellationToken cancellationToken)
    {
        var folders = await images.EntriesAsync("", cancellationToken)
            .Where(entry => entry.IsFolder && !ImageFiles.IsHidden(entry.Name) && images.LocationOf(entry.Name) != maskFolder)
            .Select(entry => entry.Name)
            .ToListAsync(cancellationToken);
        if (folders is ["images", "masks"])
        {
            findings.Problem(
                $"{images.Location} holds the folders 'images' and 'masks', which would be read as two classes. Give {images.LocationOf("images")} as the dataset and {images.LocationOf("masks")} as its masks.");
        }

        return folders.Count == 0 ? DatasetFormat.FlatFolder
            : folders.TrueForAll(name => SplitNames.Contains(name, StringComparer.OrdinalIgnoreCase)) ? DatasetFormat.SplitFolders
            : DatasetFormat.ClassFolders;
    }
}
