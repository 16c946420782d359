using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Blobs;
using BatchXai.Worker.Decode;
using BatchXai.Worker.Fetch;

namespace BatchXai.Worker.Causal;

/// <summary>Decodes donors, each once for all runs of an audit, and forgets the oldest when they take too much memory.</summary>
internal sealed class DonorImages(AuditPlan plan, IBlobStore images, IBlobStore? masks)
{
    private const long MostBytes = 128L << 20;

    // Of the whole process: the memory of an image while it is decoded may be many times what is kept.
    private static readonly SemaphoreSlim Hands = new(Environment.ProcessorCount);

    private readonly ImageFetcher fetcher = new(images, masks);
    private readonly ItemDecoder decoder = new(plan);
    private readonly Lock gate = new();
    private readonly Dictionary<long, Task<CausalImage?>> known = [];
    private readonly Queue<long> order = [];

    // Input, mask and padding of one image.
    private readonly int most = (int)Math.Max(2, MostBytes / (sizeof(float) * (plan.Model.Channels + 2L) * plan.Model.Height * plan.Model.Width));

    /// <summary>The first of the candidates that can lend a background; null: none can.</summary>
    public async Task<Donor?> FirstAsync(IEnumerable<DatasetItem> candidates, StageTimes times, CancellationToken cancellationToken)
    {
        foreach (var candidate in candidates)
        {
            if (await Get(candidate, times).WaitAsync(cancellationToken) is { HasBackground: true } image)
            {
                return new(candidate, image);
            }
        }

        return null;
    }

    private Task<CausalImage?> Get(DatasetItem item, StageTimes times)
    {
        lock (gate)
        {
            // What could not be read because the store was away is not kept: the next run tries again.
            if (known.TryGetValue(item.Index, out var image) && !image.IsFaulted)
            {
                return image;
            }

            if (image is null)
            {
                order.Enqueue(item.Index);
            }

            while (order.Count > most)
            {
                known.Remove(order.Dequeue());
            }

            // For all that wait for it: one run that is stopped must not stop the reading.
            return known[item.Index] = Task.Run(() => ReadAsync(item, times));
        }
    }

    private async Task<CausalImage?> ReadAsync(DatasetItem item, StageTimes times)
    {
        await Hands.WaitAsync();
        try
        {
            var fetched = await times.TimeAsync("fetch", () => fetcher.FetchAsync(item, CancellationToken.None));
            return times.Time("decode", () => CausalImage.Of(decoder.Decode(fetched), plan.Model.Height, plan.Model.Width));
        }
        finally
        {
            Hands.Release();
        }
    }
}
