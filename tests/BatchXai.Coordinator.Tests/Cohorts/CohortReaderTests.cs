using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Browse;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Causal;
using Xunit;

namespace BatchXai.Coordinator.Tests.Cohorts;

/// <summary>Figures that the database adds up against the same rows looked at one by one.</summary>
public sealed class CohortReaderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ItemFilter[] Filters =>
    [
        new() { Split = "val" }, new() { Class = BrowsedRows.Hostile }, new() { Correct = Correctness.Right }, new() { FocusTo = .3 }, new() { BackgroundFrom = .4, Split = "train" }, new() { Outcome = ItemOutcome.Unreadable },
        new() { Turned = true }, new() { Group = "scene 3" }, new() { Class = "nobody" },
    ];

    [Theory, EachDatabase]
    public async Task Cohort_rest_and_whole_are_what_the_rows_say(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await ItemFinderTests.SeedAsync(database);
        var seen = BrowsedRows.Rows.Where(row => row.Method is null or MethodNames.GradCam).ToList();
        var report = await Sample.BuildAsync(seen, BrowsedRows.Causal) with { AuditId = audit };
        await using var db = await database.OpenAsync(Ct);
        foreach (var filter in Filters)
        {
            var figures = await ReadAsync(db, report, filter);
            var members = Members(seen, filter);
            var (inside, outside) = (seen.Where(row => members.Contains(row.Item)).ToList(), seen.Where(row => !members.Contains(row.Item)).ToList());
            Check(inside, figures.Cohort);
            Check(outside, figures.Rest);
            Check(seen, figures.Whole);
            CheckTests([.. BrowsedRows.Causal.Where(row => members.Contains(row.Item))], figures.Cohort);
            CheckTests([.. BrowsedRows.Causal.Where(row => !members.Contains(row.Item))], figures.Rest);
            var (one, other) = (Usable(inside), Usable(outside));
            Assert.Equal(one.Count >= 10 && other.Count >= 10 ? one.Average(Kappa) - other.Average(Kappa) : null, figures.Differences[MaskKind.Mask].Value, Close);
        }
    }

    [Fact]
    public async Task Too_few_items_give_no_figure_and_no_interval()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct);
        var audit = await ItemRowsTests.AddAuditAsync(database);
        var rows = Enumerable.Range(0, 100).Select(item => Sample.Map(item, item % 2 == 0 ? .6 : .8, item < 9 ? "few" : item < 38 ? "some" : "many")).ToList();
        await ItemRowsTests.WriteAsync(database, audit, 0, rows);
        var report = await Sample.BuildAsync(rows) with { AuditId = audit };
        await using var db = await database.OpenAsync(Ct);
        var figures = new Dictionary<string, MeanFigure>();
        foreach (var name in new[] { "few", "some", "many" })
        {
            figures[name] = Assert.Single((await ReadAsync(db, report, new() { Class = name })).Cohort.Focus).Focus;
        }

        Assert.Equal(new MeanFigure(9, null, null, null), figures["few"]);
        Assert.Equal((29, true, null), (figures["some"].N, figures["some"].Value is not null, figures["some"].Low));
        // κ is .2 and .6 in turn: mean .4, standard error .2·√(62/61)/√62.
        Assert.Equal(.4, figures["many"].Value!.Value, 1e-9);
        Assert.Equal(.4 - (1.959964 * .2 / Math.Sqrt(61)), figures["many"].Low!.Value, 1e-6);
    }

    private static async Task<CohortFigures> ReadAsync(AuditDb db, OverfittingReport report, ItemFilter filter)
    {
        var (reader, query) = (new CohortReader(db, AuditTotals.Of(report)), new ItemQuery(report.AuditId, MethodNames.GradCam, "predicted") { Filter = filter });
        return await reader.ReadAsync(query, await reader.SumsAsync(query, Ct), Ct);
    }

    private static bool Close(double? one, double? other) => one is null ? other is null : other is not null && Math.Abs(one.Value - other.Value) < 1e-9;

    private static HashSet<long> Members(IEnumerable<ItemResult> rows, ItemFilter filter)
    {
        var turned = BrowsedRows.Causal.GroupBy(row => row.Item).ToDictionary(item => item.Key, item => EvidenceRule.Turns([.. item]));
        return [.. rows.Where(row => ItemFinderTests.Matches(row, filter, turned.GetValueOrDefault(row.Item))).Select(row => row.Item)];
    }

    private static List<ItemResult> Usable(IEnumerable<ItemResult> rows) => [.. rows.Where(row => row is { Status: HeatmapStatus.Ok, MaskStatus: MaskStatus.Ok, Measures.Focus: not null })];

    private static double Kappa(ItemResult row) => row.Measures.Focus!.Value;

    private static void Check(List<ItemResult> rows, PartFigures part)
    {
        Assert.Equal(rows.Count, part.Items);
        Assert.Equal(rows.GroupBy(row => row.Outcome).ToDictionary(one => one.Key, one => (long)one.Count()), part.Outcomes);
        Assert.Equal((rows.Count(row => row.Correct is not null), (double)rows.Count(row => row.Correct == true)), (part.Accuracy.N, part.Accuracy.Successes));
        var (focus, usable) = (Assert.Single(part.Focus), Usable(rows));
        var units = usable.GroupBy(row => row.Group ?? $"item {row.Item}").ToList();
        Assert.Equal((usable.Count, units.Count), (focus.Focus.N, focus.Units));
        Assert.Equal(usable.Count < 10 ? null : usable.Average(Kappa), focus.Focus.Value, Close);
        Assert.Equal(usable.Count < 10 ? null : usable.Average(row => row.Measures.BackgroundAttention), focus.Background.Value, Close);
        Assert.Equal(usable.Count < 10 ? null : .75, focus.Background.Chance, Close);
        if (units.Count < 30)
        {
            Assert.Null(focus.Focus.Low);
            return;
        }

        // Each unit's part in the error of the mean, unit by unit.
        var mean = usable.Average(Kappa);
        var variance = units.Sum(unit => Math.Pow(unit.Sum(row => Kappa(row) - mean), 2)) / Math.Pow(usable.Count, 2) * units.Count / (units.Count - 1);
        Assert.Equal(mean - (1.959963984540054 * Math.Sqrt(variance)), focus.Focus.Low, Close);
        Assert.Equal(mean + (1.959963984540054 * Math.Sqrt(variance)), focus.Focus.High, Close);
    }

    private static void CheckTests(List<CausalResult> rows, PartFigures part)
    {
        foreach (var fill in rows.GroupBy(row => row.Fill))
        {
            var pairs = (from item in fill.GroupBy(row => row.Item)
                         let rand = item.Single(row => row.Test == CausalTest.MixedRand)
                         let placebo = item.Single(row => row.Test == CausalTest.Placebo)
                         where EvidenceRule.Counts(rand) && rand.Flipped is not null && placebo.Flipped is not null
                         select (rand.Flipped!.Value ? 1.0 : 0) - (placebo.Flipped!.Value ? 1 : 0)).ToList();
            var figure = part.Causal.Single(tests => tests.Fill == fill.Key).NetFlipRate;
            Assert.Equal(pairs.Count, figure.N);
            Assert.Equal(pairs.Count < 10 ? null : pairs.Average(), figure.Value, Close);
        }
    }
}
