using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;
using BatchXai.Statistics.Clusters;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Looks for groups of alike heatmaps within classes. Memory: at most 400 rows and heatmaps of 8×8 for each of 100 classes.</summary>
internal sealed class ClusterSearch
{
    private const int MostClasses = 100;
    private const int MostMaps = 400;
    private const int FinestSide = 8;
    private const int Shown = 12;
    private const double Shaky = .6;
    private const int Digits = 4;

    private readonly SortedDictionary<string, MapSample> samples = new(StringComparer.Ordinal);
    private readonly string method;
    private readonly string target;
    private readonly long seed;
    private readonly int tooFew;
    private readonly int leftOut;
    private MapGrid? grid;

    /// <param name="classes">Figures of all classes by all methods; those with the least focus come first.</param>
    /// <param name="method">The method whose heatmaps are looked at.</param>
    /// <param name="target">Their target.</param>
    /// <param name="seed">Seed of samples and clusters.</param>
    public ClusterSearch(IReadOnlyList<ClassFigures> classes, string method, string target, long seed)
    {
        (this.method, this.target, this.seed) = (method, target, seed);
        var labelled = classes.Where(row => row.Class is not null && row.Method == method && row.Target == target).ToList();
        var enough = labelled.Where(row => row.Zones.Maps >= SpectralClusters.FewestPoints).Select(row => row.Class!).ToList();
        (tooFew, leftOut) = (labelled.Count - enough.Count, Math.Max(0, enough.Count - MostClasses));
        foreach (var name in enough.Take(MostClasses))
        {
            samples[name] = new(seed, MostMaps);
        }
    }

    /// <summary>Takes in a usable heatmap; one of another size than the first cannot be compared.</summary>
    public void Add(ItemResult row, StoredMap map)
    {
        grid ??= new(map.Height, map.Width, FinestSide);
        if (row.Label is { } label && samples.TryGetValue(label, out var sample) && grid.Takes(map) && grid.Shares(map) is { } shares)
        {
            sample.Add(row, shares);
        }
    }

    /// <summary>Clusters what was taken in, and lays it out; null: there was no heatmap.</summary>
    /// <param name="causalOf">Reads the causal rows of some items.</param>
    /// <param name="cancellationToken">Stops between two classes.</param>
    public async Task<FoundGroups?> FindAsync(Func<IReadOnlyCollection<long>, IAsyncEnumerable<CausalResult>> causalOf, CancellationToken cancellationToken)
    {
        if (grid is null)
        {
            return null;
        }

        var (few, one, unstable) = (tooFew, 0, 0);
        var (found, ungrouped) = (new List<(GroupedClass Groups, ClassScatter Scatter)>(), new List<ClassScatter>());
        foreach (var (name, sample) in samples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var maps = sample.Maps;
            if (maps.Count < SpectralClusters.FewestPoints)
            {
                few++;
                continue;
            }

            IReadOnlyList<float[]> points = [.. maps.Select(map => map.Shares)];
            var clusters = SpectralClusters.Find(points, SplitMix64.For(seed, $"clusters {method} {target} {name}"));
            (one, unstable) = (one + (clusters.Stability is null ? 1 : 0), unstable + (clusters.Stability < Shaky ? 1 : 0));
            var scatter = Scatter(name, maps, NeighbourLayout.Of(points)) with { Stability = clusters.Stability };
            if (clusters.Stability >= Shaky)
            {
                found.Add((new(name, maps, clusters), scatter with { Cluster = clusters.ClusterOf }));
            }
            else
            {
                ungrouped.Add(scatter);
            }
        }

        var grouped = new List<ClassScatter>();
        foreach (var (groups, scatter) in found.OrderByDescending(entry => entry.Groups.StandsOut(seed)).ThenByDescending(entry => entry.Groups.Clusters.Stability).ThenBy(entry => entry.Groups.Name, StringComparer.Ordinal))
        {
            // One class after the other: only its rows are in memory.
            grouped.Add(scatter with { Groups = groups.Figures(await ClusterCausal.ReadAsync(groups, causalOf, cancellationToken), seed) });
        }

        var report = new MapClusters
        {
            Method = method,
            Target = target,
            Height = grid.Height,
            Width = grid.Width,
            Looked = one + unstable + found.Count,
            OneGroup = one,
            Unstable = unstable,
            TooFew = few,
            LeftOut = leftOut,
            More = Math.Max(0, found.Count - Shown),
            Classes = [.. grouped.Take(Shown).Select(scatter => scatter.Groups!)],
        };
        return new(report, new() { Method = method, Target = target, Height = grid.Height, Width = grid.Width, Classes = [.. grouped, .. ungrouped] });
    }

    private static ClassScatter Scatter(string name, IReadOnlyList<SampledMap> maps, (double X, double Y)[] places) => new()
    {
        Class = name,
        Items = [.. maps.Select(map => map.Row.Item)],
        X = [.. places.Select(place => Math.Round(place.X, Digits))],
        Y = [.. places.Select(place => Math.Round(place.Y, Digits))],
    };
}
