using BatchXai.Contracts;

namespace BatchXai.Storage.Blobs;

/// <summary>
/// Blobs as files below a folder. Links are followed only while they stay below it. Opening a pipe or a device gives an empty stream instead of waiting.
/// </summary>
/// <param name="root">The folder; made with the first write.</param>
public sealed class FolderBlobStore(string root) : IBlobStore
{
    private readonly RootedFolder folder = new(root);

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(string address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(LocalFile.OpenRead(folder.Resolve(address), $"'{Shown.Text(address)}' below {folder.Root}"));
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string address, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = folder.Resolve(address);
        try
        {
            var parent = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
            await ReplaceAsync(path, Path.Combine(parent, $".{Guid.NewGuid():N}.tmp"), content, cancellationToken);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new UserErrorException(
                $"Cannot write '{Shown.Text(address)}' below {folder.Root}: {error.Message} Make the folder writable, free space on its disk, or choose another folder.");
        }
    }

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(string address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(File.Exists(folder.Resolve(address)));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var address = prefix.EndsWith('/') ? prefix[..^1] : prefix;
        var path = prefix.Length == 0 ? folder.Root : folder.Resolve(address);
        IEnumerable<string> found = File.Exists(path) ? [address] : Directory.Exists(path) ? Walk(path, address, cancellationToken) : [];
        return found.ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        cancellationToken.ThrowIfCancellationRequested();
        var path = folder.Resolve(prefix.EndsWith('/') ? prefix[..^1] : prefix, followLast: false);
        try
        {
            var entry = new FileInfo(path);
            if (entry.Exists || entry.LinkTarget is not null)
            {
                entry.Delete();
            }
            else if (Directory.Exists(path))
            {
                // Deletes links, never what they lead to.
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new UserErrorException($"Cannot delete '{Shown.Text(prefix)}' below {folder.Root}: {error.Message} Make the folder writable.");
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Uri?> LinkAsync(string address, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        _ = folder.Resolve(address);
        return Task.FromResult<Uri?>(null);
    }

    /// <inheritdoc/>
    public string LocationOf(string address)
    {
        _ = folder.Resolve(address);
        return Path.Combine(folder.Root, address);
    }

    private static async Task ReplaceAsync(string path, string temporary, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, LocalFile.BufferBytes, FileOptions.Asynchronous))
            {
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static IEnumerable<string> Walk(string path, string address, CancellationToken cancellationToken)
    {
        foreach (var entry in SortedFolder.Entries(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var below = address.Length == 0 ? entry.Name : $"{address}/{entry.Name}";
            if (!entry.IsFolder && !IsTemporary(entry.Name))
            {
                yield return below;
            }
            else if (entry.IsFolder && !entry.IsLink)
            {
                foreach (var deeper in Walk(Path.Combine(path, entry.Name), below, cancellationToken))
                {
                    yield return deeper;
                }
            }
        }
    }

    private static bool IsTemporary(string name) => name.Length == 37 && name[0] == '.' && name.EndsWith(".tmp", StringComparison.Ordinal);
}
