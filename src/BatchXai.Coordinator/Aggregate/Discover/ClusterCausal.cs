using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate.Causal;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>The causal tests of the items of groups of heatmaps.</summary>
internal sealed class ClusterCausal
{
    // Chance without the object is a figure of whole classes: a group has none.
    private static readonly Dictionary<(MaskKind, CausalFill), NoObjectChance> NoChance =
        Enum.GetValues<MaskKind>().SelectMany(kind => Enum.GetValues<CausalFill>(), (kind, fill) => (kind, fill)).ToDictionary(key => key, _ => new NoObjectChance());

    private readonly Dictionary<ClusterPart, ScopeAccumulator> scopes = [];

    private ClusterCausal()
    {
    }

    /// <summary>Reads the rows of all items of a class's groups.</summary>
    /// <param name="groups">The class.</param>
    /// <param name="rowsOf">Reads the rows of some items; those of one item stand together.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<ClusterCausal> ReadAsync(
        GroupedClass groups, Func<IReadOnlyCollection<long>, IAsyncEnumerable<CausalResult>> rowsOf, CancellationToken cancellationToken)
    {
        var causal = new ClusterCausal();
        var members = new Dictionary<long, (ScopeAccumulator Scope, int Group)>();
        foreach (var part in groups.Parts)
        {
            causal.scopes[part] = new(groups.Grouped);
            foreach (var (item, group) in part.Members)
            {
                members[item] = (causal.scopes[part], group);
            }
        }

        var rows = new List<CausalResult>();
        await foreach (var row in rowsOf(members.Keys).WithCancellation(cancellationToken))
        {
            rows.Add(row);
        }

        foreach (var tested in rows.GroupBy(row => (row.Item, row.MaskKind, row.Fill)))
        {
            var (scope, group) = members[tested.Key.Item];
            var item = new TestedItem(tested);
            if (item.Tests.Count > 0)
            {
                scope.Add(tested.Key.MaskKind, tested.Key.Fill, item, group);
            }
        }

        return causal;
    }

    /// <summary>Figures of a group, for each kind of mask and fill.</summary>
    public IReadOnlyList<CausalFigures> Of(ClusterPart part, long seed) =>
        [.. scopes[part].Findings(NoChance, null, seed, $"cluster {part.Medoid.Label} {part.Medoid.Item}").Select(finding => finding.Figures)];
}
