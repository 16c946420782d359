using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Locations;

/// <summary>One kind of location: paths, or blobs. All but <see cref="Read"/> take locations as that gives them.</summary>
internal abstract class SourceScheme
{
    /// <summary>What a location of this kind looks like, for messages; empty: there can be none here.</summary>
    public abstract string Expected { get; }

    /// <summary>The location in its one spelling, or why it is refused.</summary>
    public abstract (string Normal, string? Refusal) Read(string location);

    public abstract Task<LocationKind> FindAsync(string location, CancellationToken cancellationToken);

    /// <summary>A folder as a store.</summary>
    public abstract IBlobStore Store(string folder);

    /// <summary>A folder as a tree of files.</summary>
    public abstract FileTree Tree(string folder);

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public abstract Task<Stream> OpenFileAsync(string location, CancellationToken cancellationToken);

    /// <summary>The folder that a location lies in, and its name there; null: it is the top.</summary>
    public abstract (string Folder, string Name)? Split(string location);
}
