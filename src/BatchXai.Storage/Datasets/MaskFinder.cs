using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Datasets;

/// <summary>Finds the mask file of an item: the one that the manifest names, else the one at the same place in the mask folder.</summary>
/// <param name="folder">Folder that mask paths are relative to.</param>
/// <param name="parallel">True when the folder is laid out like the images.</param>
internal sealed class MaskFinder(FileTree folder, bool parallel)
{
    public FileTree Folder { get; } = folder;

    /// <summary>True when every item is expected to have a mask.</summary>
    public bool Parallel { get; } = parallel;

    /// <summary>Path of the mask below the folder; null: there is none.</summary>
    public async ValueTask<string?> FindAsync(DatasetItem item, CancellationToken cancellationToken)
    {
        if (item.Mask is not null)
        {
            return await Folder.ExistsAsync(item.Mask, cancellationToken) ? item.Mask : null;
        }

        if (Parallel)
        {
            foreach (var candidate in Candidates(item.Path))
            {
                if (await Folder.ExistsAsync(candidate, cancellationToken))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private static IEnumerable<string> Candidates(string image)
    {
        // Not Path.ChangeExtension: only the last segment's extension may go.
        var dot = image.LastIndexOf('.');
        var bare = dot > image.LastIndexOf('/') ? image[..dot] : image;
        return ImageFiles.MaskExtensions.Select(extension => bare + extension);
    }
}
