using System.Runtime.CompilerServices;
using BatchXai.Contracts;
using BatchXai.Contracts.Datasets;

namespace BatchXai.Storage.Datasets;

/// <summary>A checked dataset. Reading it streams; no more than one folder's names are held.</summary>
public sealed class Dataset
{
    private readonly ItemSource source;
    private readonly MaskFinder masks;
    private readonly OutputMapping mapping;
    private readonly string? split;

    internal Dataset(ItemSource source, MaskFinder masks, OutputMapping mapping, string? split, DatasetSummary summary)
    {
        (this.source, this.masks, this.mapping, this.split, Summary) = (source, masks, mapping, split, summary);
        MaskRoot = summary.Masks > 0 ? masks.Folder.Location : null;
    }

    /// <summary>Location of the folder below which the items' image paths lie.</summary>
    public string ImageRoot => source.Images.Location;

    /// <summary>Location of the folder below which the items' mask paths lie; null: no item has a mask.</summary>
    public string? MaskRoot { get; }

    /// <summary>Counts and warnings.</summary>
    public DatasetSummary Summary { get; }

    /// <summary>
    /// Streams the items of the chosen split, numbered from 0, in the same order every time: folders in ordinal order of the ids, manifests in the order of their
    /// lines. An item whose mask file does not exist has none; that its image exists is not checked.
    /// </summary>
    /// <exception cref="UserErrorException">The dataset has changed since it was checked, and has problems now.</exception>
    public async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var index = 0L;
        await foreach (var (item, _) in source.ReadAsync(findings, cancellationToken))
        {
            findings.ThrowIfAny();
            if (split is null || item.Split.Equals(split, StringComparison.OrdinalIgnoreCase))
            {
                yield return item with { Index = index++, Mask = await masks.FindAsync(item, cancellationToken), Outputs = mapping.Find(item.Label) };
            }
        }

        findings.ThrowIfAny();
    }
}
