using System.Security.Cryptography;
using System.Text;
using BatchXai.Contracts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Cache;

/// <summary>
/// Blobs as files of this machine: fetched once for a content, dropped when room is needed, the longest unused first and none in use. Several
/// processes may share the folder. Files of this machine are given as they are.
/// </summary>
/// <param name="locations">What may be read.</param>
/// <param name="folder">The cache's own folder; made when needed.</param>
/// <param name="mostBytes">Size to which it is held, as far as files in use let it.</param>
/// <param name="clock">Says when an entry was used last.</param>
public sealed class FileCache(SourceLocations locations, string folder, long mostBytes, TimeProvider clock) : IDisposable
{
    private readonly CacheFolder entries = new(Path.GetFullPath(folder), mostBytes, clock);
    private readonly SemaphoreSlim fetching = new(1);

    /// <summary>A file and those that belong beside it, such as a model with its weights.</summary>
    /// <param name="files">Their locations, the main one first.</param>
    /// <param name="expectedHash">Their <see cref="ContentHash"/>: with it nothing is asked for that is here. Null: what lies there now.</param>
    /// <param name="cancellationToken">Stops the fetching.</param>
    /// <exception cref="FileNotFoundException">One of them does not exist.</exception>
    /// <exception cref="BlobsUnavailableException">The blob account does not answer.</exception>
    /// <exception cref="UserErrorException">They are refused, have other content than expected, or cannot be stored.</exception>
    public async Task<CachedFiles> GetAsync(IReadOnlyList<string> files, string? expectedHash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count);
        var local = files.Select(locations.LocalPath).OfType<string>().ToList();
        if (local.Count == files.Count && AreTogether(local))
        {
            return new(local, held: null);
        }

        var names = files.Select(file => locations.Split(file).Name).ToList();
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count)
        {
            throw new UserErrorException($"Two of the files {Shown.List([.. files], 10)} have the same name, but must lie in one folder. Rename one of them.");
        }

        try
        {
            return await GetAsync(files, names, expectedHash, cancellationToken);
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException and not (BlobsUnavailableException or FileNotFoundException)))
        {
            throw new UserErrorException($"The cache {entries.Root} cannot be used: {error.Message} Make the folder writable, free space on its disk, or choose another Worker:CacheFolder.");
        }
    }

    /// <summary>One file alone.</summary>
    public Task<CachedFiles> GetAsync(string file, string? expectedHash, CancellationToken cancellationToken) => GetAsync([file], expectedHash, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => fetching.Dispose();

    private async Task<CachedFiles> GetAsync(IReadOnlyList<string> files, IReadOnlyList<string> names, string? expectedHash, CancellationToken cancellationToken)
    {
        // The same content under other names is another entry: a model names the files beside it.
        var key = Key([expectedHash ?? await VersionsAsync(files, cancellationToken), .. names]);
        if (entries.TryTake(key, names) is { } here)
        {
            return here;
        }

        await fetching.WaitAsync(cancellationToken);
        try
        {
            return entries.TryTake(key, names) ?? await FetchAsync(key, files, names, expectedHash, cancellationToken);
        }
        finally
        {
            fetching.Release();
        }
    }

    /// <summary>Whether all lie in the folder of the first, or below it. Files that were uploaded do not: each lies under its own content.</summary>
    private static bool AreTogether(List<string> paths)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetDirectoryName(paths[0])!) + Path.DirectorySeparatorChar;
        return paths.TrueForAll(path => path.StartsWith(folder, StringComparison.Ordinal));
    }

    private async Task<CachedFiles> FetchAsync(string key, IReadOnlyList<string> files, IReadOnlyList<string> names, string? expectedHash, CancellationToken cancellationToken)
    {
        using var room = entries.Prepare();
        var hashes = new List<byte[]>();
        foreach (var (file, name) in files.Zip(names))
        {
            await using var source = await locations.OpenFileAsync(file, cancellationToken);
            await using var target = new FileStream(Path.Combine(room.Path, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, LocalFile.BufferBytes, FileOptions.Asynchronous);
            hashes.Add(await ContentHash.CopyAsync(source, target, cancellationToken));
        }

        return expectedHash is null || ContentHash.Join(hashes) == expectedHash
            ? await entries.AddAsync(key, room, names, cancellationToken)
            : throw new UserErrorException($"{Shown.List([.. files], 10)} has changed since the audit was submitted: its content is another. Submit the audit again, or put the old file back.");
    }

    /// <summary>What changes whenever one of the files does.</summary>
    private async Task<string> VersionsAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var versions = new StringBuilder();
        foreach (var file in files)
        {
            await using var stream = await locations.OpenFileAsync(file, cancellationToken);
            var version = stream switch
            {
                BlobReadStream blob => blob.Version.ToString(),
                FileStream path => File.GetLastWriteTimeUtc(path.Name).Ticks.ToString("x", provider: null),
                _ => "",
            };
            versions.Append(locations.Normalize(file)).Append('\0').Append(version).Append('\0').Append(stream.Length).Append('\0');
        }

        return versions.ToString();
    }

    private static string Key(IEnumerable<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
}
