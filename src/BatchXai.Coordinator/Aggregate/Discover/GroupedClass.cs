using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using BatchXai.Statistics.Clusters;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>A class whose heatmaps fall into groups.</summary>
internal sealed class GroupedClass
{
    private const double Stable = .75;
    private const double MattersFrom = -.10;

    public GroupedClass(string name, IReadOnlyList<SampledMap> maps, SpectralClusters clusters)
    {
        (Name, Clusters, Maps) = (name, clusters, maps.Count);
        Parts = [.. clusters.Medoids.Select(medoid => new ClusterPart(maps[medoid].Row))];
        var groups = new GroupNumbers();
        for (var i = 0; i < maps.Count; i++)
        {
            Parts[clusters.ClusterOf[i]].Add(maps[i], groups.Of(maps[i].Row));
        }

        Grouped = groups.Any;
    }

    public string Name { get; }

    public SpectralClusters Clusters { get; }

    public int Maps { get; }

    /// <summary>Items come in groups of the dataset: intervals are over these.</summary>
    public bool Grouped { get; }

    /// <summary>The groups of heatmaps, the largest first.</summary>
    public IReadOnlyList<ClusterPart> Parts { get; }

    public bool StandsOut(long seed) => Parts.Any(part => StandsOut(Difference(part, seed)));

    public ClassClusters Figures(ClusterCausal causal, long seed) => new()
    {
        Class = Name,
        Maps = Maps,
        Stability = Clusters.Stability!.Value,
        Eigenvalues = Clusters.Eigenvalues,
        Clusters = [.. Parts.Select(part => Figures(part, causal, seed))],
    };

    private MapCluster Figures(ClusterPart part, ClusterCausal causal, long seed)
    {
        var focus = part.Focus.Focus(Grouped, seed, $"cluster {Name} {part.Medoid.Item}");
        var difference = Difference(part, seed);
        var standsOut = StandsOut(difference);
        return new()
        {
            Maps = part.Maps,
            Share = (double)part.Maps / Maps,
            Shares = part.MeanShares(),
            Medoid = part.Medoid,
            Accuracy = part.Items.Accuracy,
            Focus = focus,
            FocusDifference = difference,
            Causal = causal.Of(part, seed),
            StandsOut = standsOut,
            Sentence = standsOut ? Wording.Cluster(Name, part.Maps, Maps, focus[0].Focus, difference!, Clusters.Stability!.Value) : null,
        };
    }

    private MeanFigure? Difference(ClusterPart part, long seed) => FocusDifference.Of(part, [.. Parts.Where(other => other != part)], Grouped, seed, $"{Name} {part.Medoid.Item}");

    private bool StandsOut(MeanFigure? difference) => Clusters.Stability >= Stable && difference is { High: < 0, Value: <= MattersFrom };
}
