using System.Buffers;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace BatchXai.Storage.Blobs;

/// <summary>
/// Writes a blob in one step that readers see. What fits in a block is put whole. More is staged block by block, under names of this upload alone so that
/// two writers never mix, and appears with the commit. A try that fails repeats one block, so the content need not seek.
/// </summary>
internal sealed class BlobUpload(BlobContainerClient container, BlockBlobClient blob)
{
    private const int BlockBytes = 4 << 20;

    private readonly string name = Guid.NewGuid().ToString("N");

    /// <summary>Stores the rest of the content and returns its length.</summary>
    public async Task<long> RunAsync(Stream content, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var blocks = new List<string>();
            long length = 0;
            while (true)
            {
                var count = await content.ReadAtLeastAsync(block.AsMemory(0, BlockBytes), BlockBytes, throwOnEndOfStream: false, cancellationToken);
                length += count;
                if (blocks.Count == 0 && count < BlockBytes)
                {
                    await SendAsync(block, count, part => blob.UploadAsync(part, cancellationToken: cancellationToken), cancellationToken);
                    return length;
                }

                if (count > 0)
                {
                    var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(name + blocks.Count.ToString("D6", CultureInfo.InvariantCulture)));
                    await SendAsync(block, count, part => blob.StageBlockAsync(id, part, cancellationToken: cancellationToken), cancellationToken);
                    blocks.Add(id);
                }

                if (count < BlockBytes)
                {
                    await blob.CommitBlockListAsync(blocks, cancellationToken: cancellationToken);
                    return length;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Sends one part; makes the container when it is not there yet.</summary>
    private async Task SendAsync<T>(byte[] bytes, int count, Func<MemoryStream, Task<T>> send, CancellationToken cancellationToken)
    {
        using var part = new MemoryStream(bytes, 0, count, writable: false);
        try
        {
            await send(part);
        }
        catch (RequestFailedException absent) when (absent.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            part.Position = 0;
            await send(part);
        }
    }
}
