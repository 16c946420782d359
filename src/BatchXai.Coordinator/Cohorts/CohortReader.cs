using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Coordinator.Aggregate.Causal;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Data;
using BatchXai.Statistics.Verdicts;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Cohorts;

/// <summary>Reads figures of a cohort: the database adds up, so that a million items are a matter of a second. What the report says of all items is not read again.</summary>
/// <param name="db">The database.</param>
/// <param name="whole">What is known of the whole audit.</param>
internal sealed class CohortReader(AuditDb db, AuditTotals whole)
{
    /// <summary>Tested items whose rows are read one by one; about 2,000 take part unless all were asked for.</summary>
    public const long MostTested = 20_000;

    /// <summary>Adds up the usable heatmaps of all items, which the next method wants.</summary>
    public Task<IReadOnlyList<MapSums>> SumsAsync(ItemQuery query, CancellationToken cancellationToken) => MapSums.ReadAsync(db, query with { Filter = new(), Cohort = null }, cancellationToken);

    /// <summary>Reads the figures of the items that a query finds.</summary>
    /// <param name="query">The items.</param>
    /// <param name="allMaps">The usable heatmaps of all items, added up.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<CohortFigures> ReadAsync(ItemQuery query, IReadOnlyList<MapSums> allMaps, CancellationToken cancellationToken)
    {
        var counts = await CountsAsync(query, cancellationToken);
        var all = new Counts(whole.Outcomes.Where(one => one.Value > 0).ToDictionary(), (long)whole.Accuracy.Successes, whole.Accuracy.N);
        var maps = await MapSums.ReadAsync(db, query, cancellationToken);
        var others = MapSums.Without(allMaps, maps);
        var kinds = allMaps.Select(one => one.Kind).Distinct().Order().ToList();
        var tooMany = whole.Causal is { Items: > MostTested };
        var (tested, untested) = whole.Causal is null || tooMany ? ([], []) : await CausalAsync(query, allMaps.Any(one => one.Group is not null), cancellationToken);
        return new(
            query.Method, query.Target, Part(counts, maps, kinds, tested), Part(all.Without(counts), others, kinds, untested), Part(all, allMaps, kinds, whole.Causal?.Figures ?? []),
            kinds.ToDictionary(kind => kind, kind => FocusMean.Of(maps.Where(one => one.Kind == kind)).Minus(FocusMean.Of(others.Where(one => one.Kind == kind)))), tooMany);
    }

    private async Task<Counts> CountsAsync(ItemQuery query, CancellationToken cancellationToken)
    {
        var counts = await CohortMembers.Rows(db, query).GroupBy(row => new { row.Result.Outcome, row.Result.Correct })
            .Select(items => new { items.Key.Outcome, items.Key.Correct, Items = items.LongCount() }).ToListAsync(cancellationToken);
        return new(
            counts.GroupBy(one => one.Outcome).ToDictionary(one => one.Key, one => one.Sum(count => count.Items)),
            counts.Where(one => one.Correct == true).Sum(one => one.Items), counts.Where(one => one.Correct is not null).Sum(one => one.Items));
    }

    private static PartFigures Part(Counts counts, IReadOnlyList<MapSums> maps, List<MaskKind> kinds, IReadOnlyList<CausalFigures> tests) => new(
        counts.Outcomes.Values.Sum(), counts.Outcomes, SupportRule.Share(counts.Right, counts.Judged), [.. kinds.Select(kind => Focus(kind, [.. maps.Where(one => one.Kind == kind)]))], tests);

    private static PartFocus Focus(MaskKind kind, List<MapSums> maps)
    {
        var (mean, n) = (FocusMean.Of(maps), maps.Sum(one => one.Backgrounds));
        return new(kind, mean.Units, mean.Figure, n < MinimumSupport.Figure ? new(n, null, null) : new(n, maps.Sum(one => one.Background) / n, 1 - (maps.Sum(one => one.Area) / n)));
    }

    /// <summary>Causal tests of the cohort's items and of the others, by the report's own rules.</summary>
    private async Task<(IReadOnlyList<CausalFigures> Tested, IReadOnlyList<CausalFigures> Others)> CausalAsync(ItemQuery query, bool grouped, CancellationToken cancellationToken)
    {
        // The few tested items are looked up, instead of the cohort's many being read.
        var rows = await db.CausalResultsOf(query.AuditId).ToListAsync(cancellationToken);
        var members = await CohortMembers.AmongAsync(db, query, [.. rows.Select(row => row.Item).Distinct()], cancellationToken);
        var (inside, outside) = (new CausalAccumulator(grouped), new CausalAccumulator(grouped));
        foreach (var row in rows)
        {
            (members.Contains(row.Item) ? inside : outside).Add(row);
        }

        inside.End();
        outside.End();
        return (Figures(inside), Figures(outside));
    }

    private List<CausalFigures> Figures(CausalAccumulator tests) => [.. tests.OfAll(whole.Seed).Select(finding => finding.Figures)];

    /// <summary>Items by outcome, and those predicted right of those with a label that the model knows.</summary>
    private sealed record Counts(Dictionary<ItemOutcome, long> Outcomes, long Right, long Judged)
    {
        public Counts Without(Counts part) => new(
            Outcomes.Select(one => (one.Key, Items: one.Value - part.Outcomes.GetValueOrDefault(one.Key))).Where(one => one.Items > 0).ToDictionary(one => one.Key, one => one.Items), Right - part.Right, Judged - part.Judged);
    }
}
