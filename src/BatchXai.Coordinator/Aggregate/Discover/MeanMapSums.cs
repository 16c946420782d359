using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Adds up heatmaps of one size by class, each divided by its own mass. Memory grows with the classes.</summary>
internal sealed class MeanMapSums
{
    private const int FinestSide = 28;
    private const int Shown = 24;

    private readonly SortedDictionary<string, (double[] Sums, long Maps)> classes = new(StringComparer.Ordinal);
    private readonly int width;
    private readonly int cell;

    /// <summary>Prepares for maps of a size. Those finer than 28×28 are pooled to it where whole cells go into one.</summary>
    public MeanMapSums(int height, int width)
    {
        this.width = width;
        cell = Enumerable.Range(1, Math.Max(height, width)).FirstOrDefault(factor => height % factor == 0 && width % factor == 0 && Math.Max(height, width) / factor <= FinestSide, 1);
        (Height, Width) = (height / cell, width / cell);
        SourceSize = (height, width);
    }

    public (int Height, int Width) SourceSize { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Takes in a heatmap; one without positive value says nothing.</summary>
    public void Add(string name, ReadOnlySpan<float> map)
    {
        var mass = 0.0;
        foreach (var value in map)
        {
            mass += Math.Max(value, 0);
        }

        if (!(mass > 0 && double.IsFinite(mass)))
        {
            return;
        }

        var (sums, maps) = classes.TryGetValue(name, out var known) ? known : (new double[Height * Width], 0);
        for (var i = 0; i < map.Length; i++)
        {
            var (y, x) = Math.DivRem(i, width);
            sums[(y / cell * Width) + (x / cell)] += Math.Max(map[i], 0) / mass;
        }

        classes[name] = (sums, maps + 1);
    }

    /// <summary>The means; null when there is no heatmap.</summary>
    public MeanMaps? Means(string method, string target)
    {
        if (classes.Count == 0)
        {
            return null;
        }

        var all = classes.Values.Sum(entry => entry.Maps);
        var overall = Enumerable.Range(0, Height * Width).Select(i => classes.Values.Sum(entry => entry.Sums[i]) / all).ToArray();
        return new()
        {
            Method = method,
            Target = target,
            Height = Height,
            Width = Width,
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
