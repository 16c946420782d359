namespace BatchXai.Storage.Blobs;

/// <summary>Whole blobs as bytes.</summary>
public static class BlobStoreExtensions
{
    /// <summary>Reads a whole blob, at most 2 GiB.</summary>
    /// <exception cref="FileNotFoundException">Nothing lies at the address.</exception>
    /// <exception cref="BlobTooLargeException">The blob is larger.</exception>
    public static Task<byte[]> ReadAsync(this IBlobStore store, string address, CancellationToken cancellationToken) =>
        store.ReadAsync(address, Array.MaxLength, cancellationToken);

    /// <summary>Reads a whole blob of at most <paramref name="maxBytes"/> bytes.</summary>
    /// <exception cref="FileNotFoundException">Nothing lies at the address.</exception>
    /// <exception cref="BlobTooLargeException">The blob is larger; no more than the limit was read.</exception>
    public static async Task<byte[]> ReadAsync(this IBlobStore store, string address, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        await using var stream = await store.OpenReadAsync(address, cancellationToken);
        var length = stream.Length;
        if (length > Math.Min(maxBytes, Array.MaxLength))
        {
            throw new BlobTooLargeException($"'{Shown.Text(address)}' has {length:N0} bytes; at most {maxBytes:N0} are read.");
        }

        // The length is fixed before reading, so a file that grows meanwhile cannot pass the limit.
        var bytes = new byte[length];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Stores bytes, replacing what was there; see <see cref="IBlobStore.WriteAsync"/>.</summary>
    public static async Task WriteAsync(this IBlobStore store, string address, byte[] content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var stream = new MemoryStream(content, writable: false);
        await store.WriteAsync(address, stream, cancellationToken);
    }
}
