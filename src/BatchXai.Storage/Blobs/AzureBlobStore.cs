using System.Runtime.CompilerServices;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using BatchXai.Contracts;

namespace BatchXai.Storage.Blobs;

/// <summary>Blobs in a container of Azure Blob Storage, below a prefix.</summary>
internal sealed class AzureBlobStore : IBlobStore
{
    private const int DeletedAtOnce = 16;
    private static readonly TimeSpan LongestLink = TimeSpan.FromMinutes(15);

    private readonly BlobAccount account;
    private readonly BlobContainerClient container;
    private readonly string prefix;
    private readonly TimeProvider clock;

    /// <param name="account">The account.</param>
    /// <param name="containerName">The container; made with the first write.</param>
    /// <param name="prefix">Folder of the container; empty: all of it.</param>
    /// <param name="clock">Says when links end.</param>
    public AzureBlobStore(BlobAccount account, string containerName, string prefix, TimeProvider clock)
    {
        var folder = prefix.EndsWith('/') ? prefix[..^1] : prefix;
        if (folder.Length > 0 && RelativePath.Refusal(folder) is { } reason)
        {
            throw new UserErrorException($"The prefix '{Shown.Text(prefix)}' is refused: {reason}. Expected a folder of the container, such as 'team/audits'.");
        }

        (this.account, this.clock) = (account, clock);
        container = account.Service.GetBlobContainerClient(containerName);
        this.prefix = folder.Length == 0 ? "" : folder + "/";
        Root = folder.Length == 0 ? $"azblob://{containerName}" : $"azblob://{containerName}/{folder}";
    }

    /// <summary>The location that addresses are relative to.</summary>
    public string Root { get; }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(string address, CancellationToken cancellationToken) =>
        BlobReadStream.OpenAsync(container.GetBlobClient(Name(address)), Told(address), cancellationToken);

    /// <inheritdoc/>
    public Task WriteAsync(string address, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var upload = new BlobUpload(container, container.GetBlockBlobClient(Name(address)));
        return AzureErrors.ToldAsync(Told(address), () => upload.RunAsync(content, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(string address, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(Name(address));
        return (await AzureErrors.ToldAsync(Told(address), () => blob.ExistsAsync(cancellationToken), cancellationToken)).Value;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var address = prefix.EndsWith('/') ? prefix[..^1] : prefix;
        if (prefix.Length > 0 && await ExistsAsync(address, cancellationToken))
        {
            yield return address;
        }

        var below = prefix.Length == 0 ? this.prefix : Name(address) + "/";
        await foreach (var found in BlobsAsync(below, cancellationToken).InOrdinalOrder(name => name))
        {
            // Other programs may store names that are no addresses, such as the mark of a folder: "folder/".
            var relative = found[this.prefix.Length..];
            if (RelativePath.Refusal(relative) is null)
            {
                yield return relative;
            }
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var name = Name(prefix.EndsWith('/') ? prefix[..^1] : prefix);
        var options = new ParallelOptions { MaxDegreeOfParallelism = DeletedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(BlobsAsync(name + "/", cancellationToken).Prepend(name), options, async (blob, stop) =>
            await AzureErrors.ToldAsync(Told(prefix), () => container.DeleteBlobIfExistsAsync(blob, DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: stop), stop));
    }

    /// <inheritdoc/>
    public async Task<Uri?> LinkAsync(string address, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LongestLink);
        var blob = container.GetBlobClient(Name(address));
        var until = clock.GetUtcNow() + lifetime;
        var link = new BlobSasBuilder(BlobSasPermissions.Read, until)
        {
            BlobContainerName = container.Name,
            BlobName = blob.Name,
            Protocol = blob.Uri.IsLoopback ? SasProtocol.HttpsAndHttp : SasProtocol.Https,
            ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(address[(address.LastIndexOf('/') + 1)..])}",
        };
        if (!account.HasToken)
        {
            return blob.CanGenerateSasUri ? blob.GenerateSasUri(link) : null;
        }

        var key = await AzureErrors.ToldAsync(Root, () => account.Service.GetUserDelegationKeyAsync(null, until, cancellationToken), cancellationToken);
        return blob.GenerateUserDelegationSasUri(link, key.Value);
    }

    /// <inheritdoc/>
    public string LocationOf(string address)
    {
        _ = Name(address);
        return $"{Root}/{address}";
    }

    /// <summary>Whether there is any blob.</summary>
    public ValueTask<bool> AnyAsync(CancellationToken cancellationToken) => BlobsAsync(prefix, cancellationToken, pageSize: 1).AnyAsync(cancellationToken);

    /// <summary>The entries directly in a folder, in the order of <see cref="SortedFolder"/>; page by page, none is held.</summary>
    /// <param name="folder">Empty, or an address with a slash at the end.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public IAsyncEnumerable<FolderEntry> EntriesAsync(string folder, CancellationToken cancellationToken) =>
        EntriesByPageAsync(folder.Length == 0 ? prefix : Name(folder[..^1]) + "/", cancellationToken).InOrdinalOrder(SortedFolder.Key);

    private async IAsyncEnumerable<FolderEntry> EntriesByPageAsync(string below, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = container.GetBlobsByHierarchyAsync(new GetBlobsByHierarchyOptions { Delimiter = "/", Prefix = below }, cancellationToken).AsPages();
        string? last = null;
        await foreach (var page in ToldAsync(pages, cancellationToken))
        {
            var folders = page.Values.Where(item => item.IsPrefix).Select(item => item.Prefix[below.Length..^1]).ToHashSet(StringComparer.Ordinal);
            // An empty blob with a folder's name is how some programs mark the folder.
            var files = page.Values.Where(item => item.IsBlob && !(item.Blob.Properties.ContentLength == 0 && folders.Contains(item.Blob.Name[below.Length..])))
                .Select(item => item.Blob.Name[below.Length..]);
            var entries = folders.Select(name => new FolderEntry(name, IsFolder: true, IsLink: false)).Concat(files.Select(name => new FolderEntry(name, IsFolder: false, IsLink: false)));
            foreach (var entry in entries.Where(entry => RelativePath.Refusal(entry.Name) is null).OrderBy(SortedFolder.Key, StringComparer.Ordinal))
            {
                // A folder that reaches over the end of a page may be told on both.
                var key = SortedFolder.Key(entry);
                if (key != last)
                {
                    last = key;
                    yield return entry;
                }
            }
        }
    }

    private async IAsyncEnumerable<string> BlobsAsync(string below, [EnumeratorCancellation] CancellationToken cancellationToken, int? pageSize = null)
    {
        var pages = container.GetBlobsAsync(new GetBlobsOptions { Prefix = below }, cancellationToken).AsPages(pageSizeHint: pageSize);
        await foreach (var page in ToldAsync(pages, cancellationToken))
        {
            foreach (var blob in page.Values)
            {
                yield return blob.Name;
            }
        }
    }

    /// <summary>Pages with errors told as the store tells them; a container that does not exist yet has none.</summary>
    private async IAsyncEnumerable<T> ToldAsync<T>(IAsyncEnumerable<T> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var page = pages.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await page.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception error) when (AzureErrors.Of(error, Root, cancellationToken) is { } told)
            {
                if (told is FileNotFoundException)
                {
                    yield break;
                }

                throw told;
            }

            yield return page.Current;
        }
    }

    private string Name(string address) => RelativePath.Refusal(address) is { } reason
        ? throw new UserErrorException($"'{Shown.Text(address)}' is refused: {reason}. Addresses are relative paths below {Root}.")
        : prefix + address;

    private string Told(string address) => $"'{Shown.Text(address)}' in {Root}";
}
