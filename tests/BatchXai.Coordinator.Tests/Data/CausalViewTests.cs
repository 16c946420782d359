using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate.Causal;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Data;

public sealed class CausalViewTests
{
    private static readonly string[] Labels = ["cat", "dog", "rare", "unknown"];
    private static readonly string[] Splits = ["train", "val"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Causal_figures_of_classes_and_splits_are_the_report_s(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var rows = CausalSample.Rows(160);
        await CausalRowsTests.WriteAsync(database, await ViewTests.FinishedAsync(database, "other", "ff"), 0, CausalSample.Rows(20));
        var audit = await ViewTests.FinishedAsync(database, "cats", "ee");
        await CausalRowsTests.WriteAsync(database, audit, 0, rows);
        var report = Read(rows);

        var where = $"audit_id = '{ViewTests.Text(database, audit)}'";
        var classes = Labels.SelectMany(label => report.OfClass(label, 0).Select(found => Line.Of(label, found.Figures))).ToList();
        Assert.Contains(classes, line => line is { GapItems: > 0, Gap: null }); // too few
        Assert.Contains(classes, line => line is { Scope: "rare", Rand: null, Same: not null }); // a test that could not be made
        Assert.Contains(classes, line => line is { Scope: "unknown", Judged: 0, Before: null, FlipItems: 0 });
        Same(classes, await ReadAsync(database, "causal_by_class", "label", where));
        Same(Splits.SelectMany(split => report.OfSplit(split, 0).Select(found => Line.Of(split, found.Figures))), await ReadAsync(database, "causal_by_split", "split", where));
    }

    [Theory, EachDatabase]
    public async Task Causal_figures_of_a_model_version_are_those_of_all_its_finished_audits_together(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var rows = CausalSample.Rows(160);
        await CausalRowsTests.WriteAsync(database, await ViewTests.FinishedAsync(database, "cats", "ee"), 0, rows.Where(row => row.Item < 70));
        await CausalRowsTests.WriteAsync(database, await ViewTests.FinishedAsync(database, "cats", "ee"), 0, rows.Where(row => row.Item >= 70).Select(row => row with { Item = row.Item - 70 })); // the same places
        await CausalRowsTests.WriteAsync(database, await ViewTests.FinishedAsync(database, "cats", "ff"), 0, CausalSample.Rows(20));
        await CausalRowsTests.WriteAsync(database, await ViewTests.FinishedAsync(database, "cats", "ee", AuditState.Running), 0, CausalSample.Rows(20));

        Same(Read(rows).OfAll(0).Select(found => Line.Of("ee", found.Figures)), await ReadAsync(database, "causal_by_model_version", "model_hash", "model_name = 'cats' AND model_hash = 'ee' AND audits = 2"));
    }

    private static CausalAccumulator Read(IEnumerable<CausalResult> rows)
    {
        var causal = new CausalAccumulator(grouped: false);
        foreach (var row in rows)
        {
            causal.Add(row);
        }

        causal.End();
        return causal;
    }

    private static async Task<List<Line>> ReadAsync(TestDatabase database, string view, string scope, string where)
    {
        await using var db = await database.OpenAsync(Ct);
        var sql =
            $"""
            SELECT {scope} AS "Scope", mask_kind AS "Kind", fill AS "Fill", items AS "Items", judged AS "Judged", accuracy_before AS "Before", accuracy_placebo AS "Placebo", accuracy_mixed_same AS "Same",
                accuracy_mixed_rand AS "Rand", accuracy_background_blurred AS "Blurred", accuracy_object_removed AS "Removed", accuracy_object_removed_by_chance AS "ByChance",
                gap_items AS "GapItems", background_gap AS "Gap", flip_items AS "FlipItems", net_flip_rate AS "Flips"
            FROM {view} WHERE {where}
            """;
        return await db.Database.SqlQueryRaw<Line>(sql).ToListAsync(Ct);
    }

    private static void Same(IEnumerable<Line> expected, IEnumerable<Line> actual)
    {
        var wanted = Ordered(expected);
        Assert.Contains(wanted, line => line is { Gap: not null and not 0, Flips: not null and not 0, ByChance: > 0 });
        Assert.Equal(wanted, Ordered(actual));
    }

    // Two sums of the same numbers in another order agree to their last few bits.
    private static List<Line> Ordered(IEnumerable<Line> lines) => [.. lines.Select(line => line.Rounded()).OrderBy(line => (line.Scope, line.Kind, line.Fill))];

    private sealed record Line(
        string Scope, string Kind, string Fill, long Items, long Judged, double? Before, double? Placebo, double? Same, double? Rand, double? Blurred, double? Removed, double? ByChance,
        long GapItems, double? Gap, long FlipItems, double? Flips)
    {
        /// <summary>Of the report. Chance is shown beside a value only.</summary>
        public static Line Of(string scope, CausalFigures figures)
        {
            double? Accuracy(CausalTest test) => figures.Accuracy[test].Value;
            return new(
                scope, DatabaseWords.Of(figures.MaskKind.ToString()), DatabaseWords.Of(figures.Fill.ToString()), figures.Items, figures.AccuracyBefore.N, figures.AccuracyBefore.Value,
                Accuracy(CausalTest.Placebo), Accuracy(CausalTest.MixedSame), Accuracy(CausalTest.MixedRand), Accuracy(CausalTest.BackgroundBlurred), Accuracy(CausalTest.ObjectRemoved),
                Accuracy(CausalTest.ObjectRemoved) is null ? null : figures.NoObjectByChance,
                figures.BackgroundGap.N, figures.BackgroundGap.Value, figures.NetFlipRate.N, figures.NetFlipRate.Value);
        }

        public Line Rounded() => this with
        {
            Before = Round(Before), Placebo = Round(Placebo), Same = Round(Same), Rand = Round(Rand), Blurred = Round(Blurred), Removed = Round(Removed), ByChance = Round(ByChance),
            Gap = Round(Gap), Flips = Round(Flips),
        };

        private static double? Round(double? value) => value is { } number ? Math.Round(number, 11) + 0.0 : null;
    }
}
