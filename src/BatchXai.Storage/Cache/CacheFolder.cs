namespace BatchXai.Storage.Cache;

/// <summary>
/// The cache on disk: a folder an entry, and beside each a lock file that every user holds shared, and who deletes the entry alone. The system lets go
/// of the locks of a process that dies. An entry appears whole, by renaming. Lock files are never deleted, so that no two processes hold different ones.
/// </summary>
internal sealed class CacheFolder(string root, long mostBytes, TimeProvider clock)
{
    private const string Locks = ".lock";
    private const string Unfinished = ".tmp";

    // EWOULDBLOCK of flock, and ERROR_SHARING_VIOLATION.
    private const int LinuxInUse = 11;
    private const int MacInUse = 35;
    private const int WindowsInUse = unchecked((int)0x80070020);

    public string Root => root;

    /// <summary>The entry, held; null: it is not here.</summary>
    public CachedFiles? TryTake(string key, IReadOnlyList<string> names)
    {
        var path = Path.Combine(root, key);
        if (!Directory.Exists(path) || Lock(key, shared: true) is not { } held)
        {
            return null;
        }

        // It may have been deleted just before the lock was had.
        if (!Directory.Exists(path))
        {
            held.Dispose();
            return null;
        }

        Directory.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
        return new([.. names.Select(name => Path.Combine(path, name))], held);
    }

    /// <summary>An empty folder to fill, held until it is disposed; it is then deleted, unless it became an entry.</summary>
    public CacheRoom Prepare()
    {
        Directory.CreateDirectory(root);
        var name = Guid.NewGuid().ToString("N") + Unfinished;
        var held = Lock(name, shared: true) ?? throw new IOException($"{name}{Locks} is in use.");
        return new(Directory.CreateDirectory(Path.Combine(root, name)).FullName, held);
    }

    /// <summary>Makes an entry of a filled folder, or takes the one that another process made meanwhile.</summary>
    public async Task<CachedFiles> AddAsync(string key, CacheRoom room, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var path = Path.Combine(root, key);
        while (true)
        {
            if (TryTake(key, names) is { } other)
            {
                return other;
            }

            // Held before it appears, so that nobody deletes it in between. Null: somebody is just deleting an older one.
            if (Lock(key, shared: true) is not { } held)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), clock, cancellationToken);
                continue;
            }

            try
            {
                Directory.Move(room.Path, path);
                Directory.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
                MakeRoom();
                return new([.. names.Select(name => Path.Combine(path, name))], held);
            }
            catch (IOException) when (Directory.Exists(path))
            {
                held.Dispose();
            }
        }
    }

    /// <summary>Deletes what is too much, and what processes that died left half fetched.</summary>
    private void MakeRoom()
    {
        var found = new DirectoryInfo(root).GetDirectories().Select(entry => (entry.Name, Bytes: Size(entry), Used: entry.LastWriteTimeUtc)).OrderBy(entry => entry.Used).ToList();
        foreach (var (name, bytes, _) in found.Where(entry => entry.Name.EndsWith(Unfinished, StringComparison.Ordinal)))
        {
            if (TryDelete(name))
            {
                File.Delete(Path.Combine(root, name + Locks));
            }
        }

        var entries = found.Where(entry => !entry.Name.EndsWith(Unfinished, StringComparison.Ordinal)).ToList();
        var total = entries.Sum(entry => entry.Bytes);
        foreach (var (name, bytes, _) in entries)
        {
            if (total > mostBytes && TryDelete(name))
            {
                total -= bytes;
            }
        }
    }

    private bool TryDelete(string name)
    {
        using var alone = Lock(name, shared: false);
        if (alone is null)
        {
            return false;
        }

        try
        {
            Directory.Delete(Path.Combine(root, name), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was quicker.
        }

        return true;
    }

    /// <summary>Null: others hold it in a way that does not go together.</summary>
    private FileStream? Lock(string name, bool shared)
    {
        try
        {
            return new FileStream(Path.Combine(root, name + Locks), FileMode.OpenOrCreate, FileAccess.Read, shared ? FileShare.Read : FileShare.None, bufferSize: 0);
        }
        catch (IOException error) when (error.HResult is LinuxInUse or MacInUse or WindowsInUse)
        {
            return null;
        }
    }

    private static long Size(DirectoryInfo folder)
    {
        try
        {
            return folder.EnumerateFiles().Sum(file => file.Length);
        }
        catch (IOException)
        {
            return 0; // Another process deleted it meanwhile.
        }
    }
}
