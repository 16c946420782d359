namespace BatchXai.Storage.Cache;

/// <summary>A folder that is being filled.</summary>
internal sealed class CacheRoom(string path, FileStream held) : IDisposable
{
    public string Path => path;

    public void Dispose()
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        // Its name is never used again, so nobody waits for this lock.
        File.Delete(held.Name);
        held.Dispose();
    }
}
