using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Adds up heatmaps of one size by class, each divided by its own mass. Memory grows with the classes.</summary>
internal sealed class MeanMapSums
{
    private const int FinestSide = 28;
    private const int Shown = 24;

    private readonly SortedDictionary<string, (double[] Sums, long Maps)> classes = new(StringComparer.Ordinal);
    private MapGrid? grid;

    /// <summary>Takes in a heatmap. One without positive value says nothing; one of another size than the first cannot be added.</summary>
    public void Add(ItemResult row, StoredMap map)
    {
        grid ??= new(map.Height, map.Width, FinestSide);
        if ((row.Label ?? row.PredictedName) is not { } name || !grid.Takes(map) || grid.Shares(map) is not { } shares)
        {
            return;
        }

        var (sums, maps) = classes.TryGetValue(name, out var known) ? known : (new double[shares.Length], 0);
        for (var i = 0; i < shares.Length; i++)
        {
            sums[i] += shares[i];
        }

        classes[name] = (sums, maps + 1);
    }

    /// <summary>The means; null when there is no heatmap.</summary>
    public MeanMaps? Means(string method, string target)
    {
        if (grid is null || classes.Count == 0)
        {
            return null;
        }

        var all = classes.Values.Sum(entry => entry.Maps);
        var overall = Enumerable.Range(0, grid.Height * grid.Width).Select(i => classes.Values.Sum(entry => entry.Sums[i]) / all).ToArray();
        return new()
        {
            Method = method,
            Target = target,
            Height = grid.Height,
            Width = grid.Width,
            Maps = all,
            Overall = Array.ConvertAll(overall, share => (float)share),
            Classes =
            [
                .. classes.Where(entry => entry.Value.Maps >= SupportRule.Interval)
                    .Select(entry => Mean(entry.Key, entry.Value.Sums, entry.Value.Maps, overall))
                    .OrderByDescending(mean => mean.Distance).ThenBy(mean => mean.Class, StringComparer.Ordinal).Take(Shown),
            ],
        };
    }

    private static ClassMeanMap Mean(string name, double[] sums, long maps, double[] overall)
    {
        var shares = Array.ConvertAll(sums, sum => sum / maps);
        return new(name, maps, shares.Zip(overall, (own, all) => Math.Abs(own - all)).Sum() / 2, Array.ConvertAll(shares, share => (float)share));
    }
}
