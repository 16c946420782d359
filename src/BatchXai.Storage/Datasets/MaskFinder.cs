using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Datasets;

/// <summary>Finds the mask file of an item: the one that the manifest names, else the one at the same place in the mask folder.</summary>
/// <param name="folder">Folder that mask paths are relative to.</param>
/// <param name="parallel">True when the folder is laid out like the images.</param>
internal sealed class MaskFinder(RootedFolder folder, bool parallel)
{
    public RootedFolder Folder { get; } = folder;

    /// <summary>True when every item is expected to have a mask.</summary>
    public bool Parallel { get; } = parallel;

    /// <summary>Path of the mask below the folder; null: there is none.</summary>
    public string? Find(DatasetItem item)
    {
        if (item.Mask is not null)
        {
            return Exists(item.Mask) ? item.Mask : null;
        }

        return Parallel ? Candidates(item.Path).FirstOrDefault(Exists) : null;
    }

    private static IEnumerable<string> Candidates(string image)
    {
        // Not Path.ChangeExtension: only the last segment's extension may go.
        var dot = image.LastIndexOf('.');
        var bare = dot > image.LastIndexOf('/') ? image[..dot] : image;
        return ImageFiles.MaskExtensions.Select(extension => bare + extension);
    }

    private bool Exists(string path) => File.Exists(Path.Combine(Folder.Root, path)) && Folder.Refusal(path) is null;
}
