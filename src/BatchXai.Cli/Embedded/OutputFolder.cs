using BatchXai.Contracts;
using Microsoft.Data.Sqlite;

namespace BatchXai.Cli.Embedded;

/// <summary>The folder of one audit: database, blobs, reports. Held by one process at a time.</summary>
internal sealed class OutputFolder : IDisposable
{
    private const string LockName = ".batchxai.lock";
    private static readonly string[] Files = ["batchxai.db", "batchxai.db-wal", "batchxai.db-shm", "report.html", "report.json", "clusters.json", "model-card.md", "items.csv", "classes.csv"];
    private static readonly string[] Folders = ["audits", "evidence"];
    private readonly FileStream held;

    private OutputFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "batchxai.db");

    /// <summary>Makes the folder if need be and takes it; <paramref name="fresh"/> empties what an earlier audit left in it.</summary>
    /// <exception cref="UserErrorException">The folder cannot be written, or another process works in it.</exception>
    public static OutputFolder Take(string path, bool fresh)
    {
        path = System.IO.Path.GetFullPath(path);
        if (File.Exists(path))
        {
            throw new UserErrorException($"Output '{path}' is a file. Expected a folder: choose another --out.");
        }

        try
        {
            Directory.CreateDirectory(path);
            var folder = new OutputFolder(path, Lock(path));
            if (fresh)
            {
                folder.Empty();
            }

            return folder;
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new UserErrorException($"Output folder '{path}' cannot be written: {denied.Message} Give it write permission, or choose another --out.");
        }
        catch (IOException failed)
        {
            throw new UserErrorException($"Output folder '{path}' cannot be used: {failed.Message} Free some space, or choose another --out.");
        }
    }

    public void Dispose() => held.Dispose();

    private static FileStream Lock(string path)
    {
        var file = System.IO.Path.Combine(path, LockName);
        try
        {
            // The operating system lets go of it when the process ends, however it ends.
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new UserErrorException($"Another batchxai works in '{path}'. Wait until it ends, or choose another --out.");
        }
    }

    private void Empty()
    {
        // An earlier audit of this process may have left connections open to the database that goes: they would outlive its file.
        SqliteConnection.ClearAllPools();
        foreach (var name in Files)
        {
            File.Delete(System.IO.Path.Combine(Path, name));
        }

        foreach (var folder in Folders.Select(name => System.IO.Path.Combine(Path, name)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
