using BatchXai.Contracts;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Blobs;

namespace BatchXai.Worker.Fetch;

/// <summary>
/// Brings in the bytes of an image and its mask. What is missing, or a file that cannot be read, becomes a reason. A store that does not answer, or refuses
/// this worker, is no property of the image: that is an exception.
/// </summary>
internal sealed class ImageFetcher(IBlobStore images, IBlobStore? masks)
{
    private const long MostBytes = 64L << 20;

    public async Task<FetchedImage> FetchAsync(DatasetItem item, CancellationToken cancellationToken)
    {
        var (image, problem) = await ReadAsync(images, item.Path, "image", cancellationToken);
        if (item.Mask is null || problem is not null)
        {
            return new(item, image, null, problem, null);
        }

        var (mask, maskProblem) = masks is null
            ? (null, "the dataset has no mask folder")
            : await ReadAsync(masks, item.Mask, "mask", cancellationToken);
        return new(item, image, mask, null, maskProblem);
    }

    private static async Task<(byte[]? Bytes, string? Problem)> ReadAsync(IBlobStore store, string path, string what, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadAsync(path, MostBytes, cancellationToken), null);
        }
        catch (Exception bad) when (bad is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"{what} '{path}' does not exist any more");
        }
        catch (Exception bad) when (bad is BlobTooLargeException || (store is FolderBlobStore && bad is IOException or UnauthorizedAccessException or UserErrorException))
        {
            return (null, $"{what} '{path}' cannot be read: {bad.Message}");
        }
    }
}
