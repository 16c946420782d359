namespace BatchXai.Storage.Blobs;

/// <summary>
/// Files at addresses: forward-slash relative paths such as <c>audits/1/plan.json</c>, case-sensitive, without empty, "." or ".." segments.
/// Every method throws <see cref="Contracts.UserErrorException"/> for an address that could leave the store's root.
/// </summary>
public interface IBlobStore
{
    /// <summary>Opens a blob for reading from its beginning; the stream can seek and belongs to the caller.</summary>
    /// <exception cref="FileNotFoundException">Nothing lies at the address.</exception>
    /// <exception cref="BlobsUnavailableException">The store does not answer; so from every method, and from the stream.</exception>
    Task<Stream> OpenReadAsync(string address, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the rest of <paramref name="content"/>, replacing what was there. Atomic: a reader sees the old blob or the whole new one, also after a crash.
    /// </summary>
    /// <exception cref="Contracts.UserErrorException">The store cannot be written: no permission, read-only, full.</exception>
    Task WriteAsync(string address, Stream content, CancellationToken cancellationToken);

    /// <summary>True when a blob lies at exactly this address.</summary>
    Task<bool> ExistsAsync(string address, CancellationToken cancellationToken);

    /// <summary>
    /// Addresses of the blob at <paramref name="prefix"/> and of all blobs below it, in ordinal order. Whole segments count: "a/b" finds "a/b" and
    /// "a/b/c", never "a/bc"; a slash at the end makes no difference; the empty prefix finds everything.
    /// </summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes what <see cref="ListAsync"/> finds for a prefix that is not empty; nothing there is no error.</summary>
    Task DeleteAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>
    /// A link from which whoever holds it may read this one blob, and nothing else, for <paramref name="lifetime"/> (at most 15 minutes). Null: the store gives no links.
    /// </summary>
    Task<Uri?> LinkAsync(string address, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>The location under which requests may name a blob: a path, or <c>azblob://container/path</c>.</summary>
    string LocationOf(string address);
}
