using BatchXai.Contracts;

namespace BatchXai.Storage.Blobs;

/// <summary>Reads files of this machine that others name.</summary>
internal static class LocalFile
{
    public const int BufferBytes = 1 << 16;

    /// <param name="path">The file.</param>
    /// <param name="shown">What messages call it.</param>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="UserErrorException">This user may not read it.</exception>
    public static Stream OpenRead(string path, string shown)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"{shown} does not exist.", path);
        }

        try
        {
            // Pipes and devices have no length, and opening one could wait for ever.
            return file.Length == 0
                ? Stream.Null
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.Asynchronous);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UserErrorException($"{shown} cannot be read: {error.Message} Give this user the right to read it.");
        }
    }
}
