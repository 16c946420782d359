using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>A random sample of the heatmaps of one class. Which items are in it depends on seed and items, not on the order in which they come.</summary>
internal sealed class MapSample(long seed, int size)
{
    private readonly PriorityQueue<SampledMap, ulong> kept = new();

    /// <summary>The sample, in the order of the items.</summary>
    public IReadOnlyList<SampledMap> Maps => [.. kept.UnorderedItems.Select(entry => entry.Element).OrderBy(map => map.Row.Item)];

    public void Add(ItemResult row, float[] shares)
    {
        // The queue gives up its first: the largest of the numbers drawn, so that the smallest stay.
        var drawn = ulong.MaxValue - SplitMix64.For(seed, $"cluster sample {row.Item}").Next();
        if (kept.Count < size)
        {
            kept.Enqueue(new(row, shares), drawn);
        }
        else
        {
            kept.EnqueueDequeue(new(row, shares), drawn);
        }
    }
}

/// <summary>A heatmap in the sample.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Shares">Share of each cell; they add up to 1.</param>
internal sealed record SampledMap(ItemResult Row, float[] Shares);
