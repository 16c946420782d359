using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Locations;

/// <summary>A folder of files and folders that datasets are read from. Paths are relative, with forward slashes. One reader at a time.</summary>
internal abstract class FileTree
{
    /// <summary>Where it lies.</summary>
    public abstract string Location { get; }

    /// <summary>The location of something in it.</summary>
    public abstract string LocationOf(string path);

    /// <summary>Why a path is refused; null when it is fine.</summary>
    public abstract string? Refusal(string path);

    /// <summary>Whether a file lies at a path that is fine.</summary>
    public abstract ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken);

    /// <summary>True when a listed name cannot be opened, because it is no valid UTF-8.</summary>
    public abstract bool IsLost(string path);

    /// <summary>What lies directly in a folder, so sorted that a walk is ordinal by whole path.</summary>
    /// <param name="folder">Empty, or a path with a slash at the end.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public abstract IAsyncEnumerable<FolderEntry> EntriesAsync(string folder, CancellationToken cancellationToken);
}
