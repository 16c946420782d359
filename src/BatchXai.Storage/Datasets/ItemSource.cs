using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Datasets;

/// <summary>A dataset's items as they are written down: indexes, outputs and masks are still to be filled in.</summary>
internal abstract class ItemSource(FileTree images, DatasetFormat format)
{
    /// <summary>The folder that image paths are relative to.</summary>
    public FileTree Images { get; } = images;

    public DatasetFormat Format { get; } = format;

    /// <summary>What was looked for, for the message that nothing was found.</summary>
    public abstract string LookedFor { get; }

    /// <summary>Streams the items, always in the same order. Items with problems are told to <paramref name="findings"/> and left out.</summary>
    public abstract IAsyncEnumerable<SourceItem> ReadAsync(Findings findings, CancellationToken cancellationToken);
}

/// <summary>An item of a source.</summary>
/// <param name="Item">The item.</param>
/// <param name="Line">Its line in the manifest; 0: found as a file.</param>
internal readonly record struct SourceItem(DatasetItem Item, int Line);
