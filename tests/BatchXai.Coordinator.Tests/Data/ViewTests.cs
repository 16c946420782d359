using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Tests.Aggregate;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Data;

public sealed class ViewTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Focus_of_classes_and_splits_is_the_report_s(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var rows = Rows();
        await RecordAsync(database, await FinishedAsync(database, "other", "ff"), [Sample.Map(0, .9, "cat")]);
        var audit = await FinishedAsync(database, "cats", "ee");
        await RecordAsync(database, audit, rows);
        var report = await Sample.BuildAsync(rows);

        Same(report.Classes.SelectMany(row => row.Focus.Select(focus => Expected(row.Class, row.Method, row.Target, row.Items, row.Accuracy, focus))), await ReadAsync(database, "focus_by_class", "label", $"audit_id = '{Text(database, audit)}'"));
        Same(report.Splits.SelectMany(row => row.Focus.Select(focus => Expected(row.Split, row.Method, row.Target, row.Items, row.Accuracy, focus))), await ReadAsync(database, "focus_by_split", "split", $"audit_id = '{Text(database, audit)}'"));
    }

    [Theory, EachDatabase]
    public async Task Focus_of_a_model_version_is_that_of_all_its_finished_audits_together(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var rows = Rows();
        await RecordAsync(database, await FinishedAsync(database, "cats", "ee"), rows.Where(row => row.Item < 30));
        await RecordAsync(database, await FinishedAsync(database, "cats", "ee"), rows.Where(row => row.Item >= 30));
        await RecordAsync(database, await FinishedAsync(database, "cats", "ff"), [Sample.Map(0, .9)]);
        await RecordAsync(database, await FinishedAsync(database, "cats", "ee", AuditState.Running), [Sample.Map(0, .9)]);
        var report = await Sample.BuildAsync(rows);

        var expected = report.Methods.SelectMany(row => row.Focus.Select(focus => Expected("ee", row.Method, row.Target, 70, report.Accuracy, focus)));
        Same(expected, await ReadAsync(database, "focus_by_model_version", "model_hash", "model_name = 'cats' AND model_hash = 'ee'"));
        Assert.Equal([2L], await ValuesAsync<long>(database, "SELECT DISTINCT audits AS \"Value\" FROM focus_by_model_version WHERE model_hash = 'ee'"));
    }

    [Theory, EachDatabase]
    public async Task Outcomes_are_counted_by_item(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var rows = Rows();
        await RecordAsync(database, await FinishedAsync(database, "cats", "ee"), rows);
        var report = await Sample.BuildAsync(rows);
        var expected = report.Outcomes.Where(outcome => outcome.Value > 0).Select(outcome => $"{DatabaseWords.Of(outcome.Key.ToString())} {outcome.Value}").Order();
        Assert.Equal(expected, (await ValuesAsync<string>(database, "SELECT outcome || ' ' || items AS \"Value\" FROM item_outcomes")).Order());
        Assert.Equal(1, (await ValuesAsync<double>(database, "SELECT share AS \"Value\" FROM item_outcomes")).Sum(), 12);
    }

    [Theory, EachDatabase]
    public async Task Overview_and_durations_follow_the_shards(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await FinishedAsync(database, "cats", "ee");
        var start = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await using (var db = await database.OpenAsync(Ct))
        {
            db.Shards.AddRange(
                new() { AuditId = audit, Number = 0, State = ShardState.Done, Items = 10, ItemsDone = 10, ItemsFailed = 2, Attempt = 1, DispatchedAt = start, EndedAt = start.AddSeconds(12.5) },
                new() { AuditId = audit, Number = 1, State = ShardState.Split, Items = 10, ItemsDone = 4, Deaths = 2, Attempt = 2, DispatchedAt = start },
                new() { AuditId = audit, Number = 2, State = ShardState.Running, Items = 5, ItemsDone = 3, Attempt = 1, DispatchedAt = start },
                new() { AuditId = audit, Number = 3, State = ShardState.Pending, Items = 5 });
            await db.SaveChangesAsync(Ct);
        }

        string[] columns = ["items_done", "items_failed", "shards", "shards_pending", "shards_in_flight", "shards_done", "shards_failed", "shards_split", "deaths"];
        var text = string.Join(" || ' ' || ", columns);
        Assert.Equal(["13 2 3 1 1 1 0 1 2"], await ValuesAsync<string>(database, $"SELECT {text} AS \"Value\" FROM audit_overview"));
        Assert.Equal([90.0], (await ValuesAsync<double>(database, "SELECT seconds AS \"Value\" FROM audit_overview")).Select(seconds => Math.Round(seconds, 3)));
        Assert.Equal([12.5, 1.25], (await ValuesAsync<double>(database, "SELECT seconds AS \"Value\" FROM shard_durations WHERE shard = 0 UNION ALL SELECT seconds_per_item FROM shard_durations WHERE shard = 0")).Select(seconds => Math.Round(seconds, 3)));
        Assert.Equal(3, Assert.Single(await ValuesAsync<long>(database, "SELECT count(*) AS \"Value\" FROM shard_durations")));
    }

    /// <summary>Two classes and one without a name, two splits, two methods, masks and boxes; unusable rows of every sort; figures with and without their chance level.</summary>
    private static List<ItemResult> Rows()
    {
        var rows = new List<ItemResult>();
        for (int i = 0; i < 70; i++)
        {
            var map = Sample.Map(i, .2 + (i * .01), i < 40 ? "cat" : i < 65 ? "dog" : null, i >= 65 ? null : i % 3 == 0) with { Split = i % 2 == 0 ? "train" : "val", MaskKind = i % 5 == 0 ? MaskKind.Boxes : MaskKind.Mask };
            rows.AddRange(i % 9 == 7
                ? [Sample.Unreadable(i) with { Label = map.Label, Split = map.Split }]
                : [With(map, i), With(map with { Method = MethodNames.Cam, Target = "label" }, i + 3)]);
        }

        return rows;
    }

    private static ItemResult With(ItemResult map, int i) => (i % 11) switch
    {
        1 => map with { Status = HeatmapStatus.ZeroHeatmap, Measures = new() },
        2 => map with { MaskStatus = MaskStatus.FullMask, Measures = map.Measures with { Focus = null } },
        3 => map with { Measures = map.Measures with { Focus = null, ChanceEnergy = .99 } },
        4 => map with { Measures = map.Measures with { ObjectArea = null, Lift = null } },
        5 => map with { Measures = map.Measures with { PointingGameByChance = null, ChanceEnergy = .7 } },
        6 => map with { MaskKind = MaskKind.None, MaskStatus = MaskStatus.NoMask, Measures = new() { CentreShare = .5 } },
        _ => map,
    };

    internal static async Task<Guid> FinishedAsync(TestDatabase database, string model, string hash, AuditState state = AuditState.Done)
    {
        var audit = await ItemRowsTests.AddAuditAsync(database);
        await using var db = await database.OpenAsync(Ct);
        var (created, ended) = (new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2030, 1, 1, 0, 1, 30, DateTimeKind.Utc));
        await db.Audits.Where(row => row.Id == audit).ExecuteUpdateAsync(
            row => row.SetProperty(a => a.ModelName, model).SetProperty(a => a.ModelHash, hash).SetProperty(a => a.State, state).SetProperty(a => a.CreatedAt, created).SetProperty(a => a.EndedAt, ended), Ct);
        return audit;
    }

    private static Task RecordAsync(TestDatabase database, Guid audit, IEnumerable<ItemResult> rows) => ItemRowsTests.WriteAsync(database, audit, 0, rows);

    // EF writes ids in SQLite in capitals.
    internal static string Text(TestDatabase database, Guid id) => database.Kind == DatabaseKind.Sqlite ? id.ToString().ToUpperInvariant() : id.ToString();

    private static FocusLine Expected(string? scope, string method, string target, long items, Proportion accuracy, FocusFigures focus) => new(
        scope ?? "", method, target, DatabaseWords.Of(focus.MaskKind.ToString()), items, accuracy.N, (long)accuracy.Successes, accuracy.Value, focus.Usable, DatabaseWords.Of(focus.Support.ToString()),
        focus.Focus.N, focus.Focus.Value, focus.BelowChance?.Value, focus.BackgroundAttention.Value, focus.BackgroundAttention.Chance, focus.ChanceEnergy, focus.LocationConfounded,
        focus.Lift.Value, focus.PointingGame?.Value, focus.PointingGameByChance);

    private static async Task<List<FocusLine>> ReadAsync(TestDatabase database, string view, string scope, string where)
    {
        await using var db = await database.OpenAsync(Ct);
        var sql =
            $"""
            SELECT coalesce({scope}, '') AS "Scope", method AS "Method", target AS "Target", mask_kind AS "Kind", items AS "Items", judged AS "Judged", correct AS "Correct", accuracy AS "Accuracy",
                usable AS "Usable", support AS "Support", measured AS "Measured", focus AS "Focus", below_chance_share AS "Below", background_attention AS "Background",
                background_attention_by_chance AS "BackgroundByChance", chance_energy AS "ChanceEnergy", location_confounded AS "Confounded", lift AS "Lift", pointing_game AS "Pointing", pointing_game_by_chance AS "PointingByChance"
            FROM {view} WHERE {where}
            """;
        return await db.Database.SqlQueryRaw<FocusLine>(sql).ToListAsync(Ct);
    }

    private static async Task<List<T>> ValuesAsync<T>(TestDatabase database, string sql)
    {
        await using var db = await database.OpenAsync(Ct);
        return await db.Database.SqlQueryRaw<T>(sql).ToListAsync(Ct);
    }

    private static void Same(IEnumerable<FocusLine> expected, IEnumerable<FocusLine> actual)
    {
        var wanted = Ordered(expected);
        Assert.NotEmpty(wanted);
        Assert.Equal(wanted, Ordered(actual));
    }

    // Two sums of the same doubles in another order agree to their last few bits.
    private static List<FocusLine> Ordered(IEnumerable<FocusLine> lines) =>
        [.. lines.Select(line => line.Rounded()).OrderBy(line => (line.Scope, line.Method, line.Target, line.Kind))];

    private sealed record FocusLine(
        string Scope, string Method, string Target, string Kind, long Items, long Judged, long Correct, double? Accuracy, long Usable, string Support, long Measured, double? Focus, double? Below,
        double? Background, double? BackgroundByChance, double? ChanceEnergy, bool Confounded, double? Lift, double? Pointing, double? PointingByChance)
    {
        public FocusLine Rounded() => this with
        {
            Accuracy = Round(Accuracy), Focus = Round(Focus), Below = Round(Below), Background = Round(Background), BackgroundByChance = Round(BackgroundByChance),
            ChanceEnergy = Round(ChanceEnergy), Lift = Round(Lift), Pointing = Round(Pointing), PointingByChance = Round(PointingByChance),
        };

        private static double? Round(double? value) => value is { } number ? Math.Round(number, 11) + 0.0 : null;
    }
}
