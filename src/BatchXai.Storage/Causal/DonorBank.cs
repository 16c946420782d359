using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Causal;

/// <summary>Items of one split that lend their backgrounds. Which lends to whom depends on seed, item and test alone. Immutable and thread-safe.</summary>
public sealed class DonorBank(int seed, IReadOnlyList<DatasetItem> donors)
{
    /// <summary>No donors at all.</summary>
    public static DonorBank Empty { get; } = new(0, []);

    /// <summary>Donors of the item's class, in the order in which they are to be tried; none for an unlabelled item.</summary>
    public IEnumerable<DatasetItem> OfSameClass(DatasetItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Label is null ? [] : Ordered(item, "mixed same", donor => donor.Label == item.Label);
    }

    /// <summary>Donors of other classes, unlabelled ones among them, in the order in which they are to be tried; for an unlabelled item all.</summary>
    public IEnumerable<DatasetItem> OfAnotherClass(DatasetItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Ordered(item, "mixed rand", donor => item.Label is null || donor.Label != item.Label);
    }

    /// <summary>Reads the bank of every split, by its address.</summary>
    public static async Task<IReadOnlyDictionary<string, DonorBank>> ReadAllAsync(AuditPlan plan, IBlobStore blobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(blobs);
        var banks = new Dictionary<string, DonorBank>();
        await foreach (var address in blobs.ListAsync(ArtifactAddresses.Donors(plan.AuditId), cancellationToken))
        {
            await using var lines = await blobs.OpenReadAsync(address, cancellationToken);
            banks[address] = new(plan.Request.Seed, await ManifestLines.ReadAsync(lines, cancellationToken).ToListAsync(cancellationToken));
        }

        return banks;
    }

    /// <summary>Never the item itself, nor the same picture under another name of the manifest.</summary>
    private IEnumerable<DatasetItem> Ordered(DatasetItem item, string test, Func<DatasetItem, bool> fits) =>
        donors.Where(donor => donor.Index != item.Index && donor.Path != item.Path && fits(donor)).OrderBy(donor => SeededChoice.Bits(seed, test, item.Index, donor.Index)).ThenBy(donor => donor.Index);
}
