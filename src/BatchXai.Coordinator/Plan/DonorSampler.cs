using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Causal;

namespace BatchXai.Coordinator.Plan;

/// <summary>
/// Draws the items that lend their backgrounds in the causal tests: about 4,000 of each split, as many of each class as of any other, the same whatever the order of the items. Whether
/// an image can be read is seen by who borrows from it.
/// </summary>
internal sealed class DonorSampler(int seed)
{
    private const int Capacity = 4_000;
    private const int MostOfClass = 128;
    private const int LeastOfClass = 4;

    private readonly Dictionary<string, Split> splits = [];

    /// <summary>Items offered so far whose object is known.</summary>
    public long WithObject { get; private set; }

    public void Offer(DatasetItem item)
    {
        if (!CausalSample.HasObject(item))
        {
            return;
        }

        WithObject++;
        if (!splits.TryGetValue(item.Split, out var split))
        {
            splits[item.Split] = split = new();
        }

        split.Offer(item, SeededChoice.Bits(seed, "donor", item.Index));
    }

    public async Task WriteAsync(IBlobStore blobs, Guid auditId, CancellationToken cancellationToken)
    {
        foreach (var (name, split) in splits)
        {
            using var lines = new MemoryStream();
            await ManifestLines.WriteAsync(lines, split.Donors(), cancellationToken);
            lines.Position = 0;
            await blobs.WriteAsync(ArtifactAddresses.Donors(auditId, name), lines, cancellationToken);
        }
    }

    /// <summary>The items with the lowest bits of each class. The more classes, the fewer of each; what falls out of a class would never come in again, so that the order does not matter.</summary>
    private sealed class Split
    {
        private readonly Dictionary<string, PriorityQueue<DatasetItem, ulong>> classes = [];
        private int held;

        private int MostNow => Math.Clamp(Capacity / classes.Count, LeastOfClass, MostOfClass);

        public void Offer(DatasetItem item, ulong bits)
        {
            // No label is empty, so that the unlabelled ones are a class of their own.
            var label = item.Label ?? "";
            if (!classes.TryGetValue(label, out var queue))
            {
                classes[label] = queue = new(Comparer<ulong>.Create((left, right) => right.CompareTo(left)));
            }

            queue.Enqueue(item, bits);
            held++;
            Trim(queue);
            if (held > 2 * Math.Max(Capacity, LeastOfClass * classes.Count))
            {
                TrimAll();
            }
        }

        public IEnumerable<DatasetItem> Donors()
        {
            TrimAll();
            return classes.Values.SelectMany(queue => queue.UnorderedItems).Select(donor => donor.Element).OrderBy(donor => donor.Index);
        }

        private void TrimAll()
        {
            foreach (var queue in classes.Values)
            {
                Trim(queue);
            }
        }

        private void Trim(PriorityQueue<DatasetItem, ulong> queue)
        {
            for (; queue.Count > MostNow; held--)
            {
                queue.Dequeue();
            }
        }
    }
}
