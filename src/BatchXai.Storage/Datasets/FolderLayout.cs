using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Datasets;

/// <summary>Tells from a folder's own entries how the dataset is laid out.</summary>
internal static class FolderLayout
{
    public static IReadOnlyList<string> SplitNames { get; } = ["train", "val", "validation", "test"];

    public static DatasetFormat Of(string folder, string? maskFolder, Findings findings)
    {
        var folders = SortedFolder.Entries(folder)
            .Where(entry => entry.IsFolder && !ImageFiles.IsHidden(entry.Name) && Path.Combine(folder, entry.Name) != maskFolder)
            .Select(entry => entry.Name)
            .ToList();
        if (folders is ["images", "masks"])
        {
            findings.Problem(
                $"{folder} holds the folders 'images' and 'masks', which would be read as two classes. Give {Path.Combine(folder, "images")} as the dataset and {Path.Combine(folder, "masks")} as its masks.");
        }

        return folders.Count == 0 ? DatasetFormat.FlatFolder
            : folders.TrueForAll(name => SplitNames.Contains(name, StringComparer.OrdinalIgnoreCase)) ? DatasetFormat.SplitFolders
            : DatasetFormat.ClassFolders;
    }
}
