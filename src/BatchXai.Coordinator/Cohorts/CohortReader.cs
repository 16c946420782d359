using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Coordinator.Aggregate.Causal;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Data;
using BatchXai.Statistics.Verdicts;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Cohorts;

/// <summary>Reads figures of a cohort: the database adds up, so that a million items are a matter of a second.</summary>
/// <param name="db">The database.</param>
/// <param name="causal">The causal tests of the whole audit; null: none was made.</param>
/// <param name="seed">Seed of the audit.</param>
internal sealed class CohortReader(AuditDb db, CausalReport? causal, int seed)
{
    /// <summary>Tested items whose rows are read one by one; about 2,000 take part unless all were asked for.</summary>
    public const long MostTested = 20_000;

    /// <summary>Reads the figures of the items that a query finds.</summary>
    public async Task<CohortFigures> ReadAsync(ItemQuery query, CancellationToken cancellationToken)
    {
        var whole = query with { Filter = new(), Cohort = null };
        var (counts, allCounts) = (await CountsAsync(query, cancellationToken), await CountsAsync(whole, cancellationToken));
        var (maps, allMaps) = (await MapSums.ReadAsync(db, query, cancellationToken), await MapSums.ReadAsync(db, whole, cancellationToken));
        var others = MapSums.Without(allMaps, maps);
        var kinds = allMaps.Select(one => one.Kind).Distinct().Order().ToList();
        var tooMany = causal is { Items: > MostTested };
        var (tested, untested) = causal is null || tooMany ? ([], []) : await CausalAsync(query, allMaps.Any(one => one.Group is not null), cancellationToken);
        return new(
            query.Method, query.Target, Part(counts, maps, kinds, tested), Part(Without(allCounts, counts), others, kinds, untested), Part(allCounts, allMaps, kinds, causal?.Figures ?? []),
            kinds.ToDictionary(kind => kind, kind => FocusMean.Of(maps.Where(one => one.Kind == kind)).Minus(FocusMean.Of(others.Where(one => one.Kind == kind)))), tooMany);
    }

    private async Task<Dictionary<(ItemOutcome Outcome, bool? Correct), long>> CountsAsync(ItemQuery query, CancellationToken cancellationToken) =>
        await CohortMembers.Rows(db, query).GroupBy(row => new { row.Result.Outcome, row.Result.Correct }).Select(items => new { items.Key.Outcome, items.Key.Correct, Items = items.LongCount() })
            .ToDictionaryAsync(one => (one.Outcome, one.Correct), one => one.Items, cancellationToken);

    private static Dictionary<(ItemOutcome Outcome, bool? Correct), long> Without(Dictionary<(ItemOutcome Outcome, bool? Correct), long> all, Dictionary<(ItemOutcome Outcome, bool? Correct), long> part) =>
        all.ToDictionary(one => one.Key, one => one.Value - part.GetValueOrDefault(one.Key));

    private static PartFigures Part(Dictionary<(ItemOutcome Outcome, bool? Correct), long> counts, IReadOnlyList<MapSums> maps, List<MaskKind> kinds, IReadOnlyList<CausalFigures> tests) => new(
        counts.Values.Sum(),
        counts.GroupBy(one => one.Key.Outcome).Select(one => (one.Key, Items: one.Sum(count => count.Value))).Where(one => one.Items > 0).ToDictionary(one => one.Key, one => one.Items),
        SupportRule.Share(counts.Where(one => one.Key.Correct == true).Sum(one => one.Value), counts.Where(one => one.Key.Correct is not null).Sum(one => one.Value)),
        [.. kinds.Select(kind => Focus(kind, [.. maps.Where(one => one.Kind == kind)]))],
        tests);

    private static PartFocus Focus(MaskKind kind, List<MapSums> maps)
    {
        var (mean, n) = (FocusMean.Of(maps), maps.Sum(one => one.Backgrounds));
        return new(kind, mean.Units, mean.Figure, n < MinimumSupport.Figure ? new(n, null, null) : new(n, maps.Sum(one => one.Background) / n, 1 - (maps.Sum(one => one.Area) / n)));
    }

    /// <summary>Causal tests of the cohort's items and of the others, by the report's own rules.</summary>
    private async Task<(IReadOnlyList<CausalFigures> Tested, IReadOnlyList<CausalFigures> Others)> CausalAsync(ItemQuery query, bool grouped, CancellationToken cancellationToken)
    {
        var all = db.CausalResults.Where(row => row.AuditId == query.AuditId).Select(row => row.Item);
        var members = (await CohortMembers.Of(db, query).Where(item => all.Contains(item)).ToListAsync(cancellationToken)).ToHashSet();
        var (inside, outside) = (new CausalAccumulator(grouped), new CausalAccumulator(grouped));
        await foreach (var row in db.CausalResultsOf(query.AuditId).WithCancellation(cancellationToken))
        {
            (members.Contains(row.Item) ? inside : outside).Add(row);
        }

        inside.End();
        outside.End();
        return (Figures(inside), Figures(outside));
    }

    private List<CausalFigures> Figures(CausalAccumulator tests) => [.. tests.OfAll(seed).Select(finding => finding.Figures)];
}
