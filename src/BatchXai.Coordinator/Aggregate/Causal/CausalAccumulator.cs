using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate.Causal;

/// <summary>All that is kept while the rows of the causal tests stream by: counts; where items have groups, also each item's part in each interval.</summary>
/// <param name="grouped">True: intervals over groups.</param>
internal sealed class CausalAccumulator(bool grouped)
{
    private readonly Dictionary<CausalStatus, long> statuses = EnumCounts.Of<CausalStatus>();
    private readonly Dictionary<(MaskKind, CausalFill), NoObjectChance> chances = [];
    private readonly ScopeAccumulator all = new(grouped);
    private readonly Dictionary<string, ScopeAccumulator> classes = [];
    private readonly Dictionary<string, ScopeAccumulator> splits = [];
    private readonly Dictionary<string, int> groups = [];
    private readonly List<CausalResult> rows = [];
    private long items;
    private long passes;

    /// <summary>Whether any item took part.</summary>
    public bool Any => items > 0;

    /// <summary>Counts the next row.</summary>
    /// <exception cref="InvalidOperationException">Rows are not ordered by item.</exception>
    public void Add(CausalResult row)
    {
        if (rows.Count > 0 && rows[0].Item != row.Item)
        {
            AddItem(next: row.Item);
        }

        statuses[row.Status]++;
        passes += row.Status is CausalStatus.Ok or CausalStatus.NonFinite ? 1 : 0;
        rows.Add(row);
    }

    /// <summary>Call it behind the last row, before any figure is taken.</summary>
    public void End()
    {
        if (rows.Count > 0)
        {
            AddItem(next: long.MaxValue);
        }
    }

    /// <summary>Everything about all items; null when none took part.</summary>
    public CausalReport? Report(AuditPlan plan, double? seconds) => items == 0 ? null : new()
    {
        Choice = plan.Request.Causal,
        Share = plan.CausalShare,
        Items = items,
        ForwardPasses = passes,
        Seconds = seconds,
        Statuses = statuses,
        Figures = [.. OfAll(plan.Request.Seed).Select(finding => finding.Figures)],
    };

    /// <summary>Over all items.</summary>
    public IReadOnlyList<CausalFinding> OfAll(long seed) => all.Findings(chances, null, seed, "all");

    /// <summary>Of one class.</summary>
    public IReadOnlyList<CausalFinding> OfClass(string name, long seed) => classes.TryGetValue(name, out var scope) ? scope.Findings(chances, name, seed, $"class {name}") : [];

    /// <summary>Of one split. Chance is that of all items: backgrounds may tell the class in any split.</summary>
    public IReadOnlyList<CausalFinding> OfSplit(string name, long seed) => splits.TryGetValue(name, out var scope) ? scope.Findings(chances, null, seed, $"split {name}") : [];

    private void AddItem(long next)
    {
        var first = rows[0];
        if (next < first.Item)
        {
            throw new InvalidOperationException($"Rows must be ordered by item: item {next} came after item {first.Item}.");
        }

        var group = GroupOf(first);
        items++;
        foreach (var fill in rows.GroupBy(row => row.Fill))
        {
            var item = new TestedItem(fill);
            if (item.Tests.Count == 0)
            {
                continue;
            }

            all.Add(first.MaskKind, fill.Key, item, group);
            Scope(splits, first.Split).Add(first.MaskKind, fill.Key, item, group);
            if (first.Label is { } label)
            {
                Scope(classes, label).Add(first.MaskKind, fill.Key, item, group);
            }

            if (!chances.TryGetValue((first.MaskKind, fill.Key), out var chance))
            {
                chances[(first.MaskKind, fill.Key)] = chance = new NoObjectChance();
            }

            chance.Add(item);
        }

        rows.Clear();
    }

    // An item without a group is a group of its own.
    private int GroupOf(CausalResult row) => row.Group is not { } name ? -(int)items - 1
        : groups.TryGetValue(name, out var number) ? number : groups[name] = groups.Count;

    private ScopeAccumulator Scope(Dictionary<string, ScopeAccumulator> scopes, string name) => scopes.TryGetValue(name, out var known) ? known : scopes[name] = new(grouped);
}
