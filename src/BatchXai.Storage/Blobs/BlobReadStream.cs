using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace BatchXai.Storage.Blobs;

/// <summary>
/// A blob as a seekable stream. The first request brings the length and up to 4 MiB: most blobs take no second one. Every later request insists on the
/// same version of the blob.
/// </summary>
internal sealed class BlobReadStream : Stream
{
    private const int WindowBytes = 4 << 20;

    private readonly BlobClient blob;
    private readonly string shown;
    private ReadOnlyMemory<byte> window;
    private long windowStart;
    private long position;

    private BlobReadStream(BlobClient blob, string shown, ETag version, long length, ReadOnlyMemory<byte> window) =>
        (this.blob, this.shown, Version, Length, this.window) = (blob, shown, version, length, window);

    /// <summary>Changes whenever the blob does.</summary>
    public ETag Version { get; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public static async Task<Stream> OpenAsync(BlobClient blob, string shown, CancellationToken cancellationToken)
    {
        try
        {
            var (details, bytes) = await FetchAsync(blob, 0, null, cancellationToken);
            // "bytes 0-99/12345": the number after the slash is the whole length. A service that sends all at once gives no range.
            var range = details.ContentRange;
            var length = range is null ? bytes.Length : long.Parse(range.AsSpan(range.LastIndexOf('/') + 1), provider: null);
            return new BlobReadStream(blob, shown, details.ETag, length, bytes);
        }
        catch (RequestFailedException empty) when (empty.Status == 416)
        {
            return Null;
        }
        catch (Exception error) when (AzureErrors.Of(error, shown, cancellationToken) is { } told)
        {
            throw told;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= Length || buffer.Length == 0)
        {
            return 0;
        }

        if (position < windowStart || position >= windowStart + window.Length)
        {
            var (_, bytes) = await AzureErrors.ToldAsync(shown, () => FetchAsync(blob, position, Version, cancellationToken), cancellationToken);
            (window, windowStart) = (bytes, position);
        }

        var from = (int)(position - windowStart);
        var count = Math.Min(buffer.Length, window.Length - from);
        window.Slice(from, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // What is in the window is there at once; only readers that know no other way wait here for the rest.
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("The blob is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The blob is read only.");

    private static async Task<(BlobDownloadDetails Details, byte[] Bytes)> FetchAsync(BlobClient blob, long start, ETag? version, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions
        {
            Range = new HttpRange(start, WindowBytes),
            Conditions = version is null ? null : new BlobRequestConditions { IfMatch = version },
        };
        using var download = (await blob.DownloadStreamingAsync(options, cancellationToken)).Value;
        var bytes = new byte[download.Details.ContentLength];
        await download.Content.ReadExactlyAsync(bytes, cancellationToken);
        return (download.Details, bytes);
    }
}
