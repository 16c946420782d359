using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Statistics.Verdicts;
using BatchXai.Testing.Dashboards;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace BatchXai.Coordinator.Tests.Dashboards;

/// <summary>The dashboards of infra/grafana over real tables, read as the role that Grafana has.</summary>
public sealed class DashboardTests
{
    /// <summary>It would end a text, were it not quoted.</summary>
    private const string Model = "cats' \"<b>\"; --";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_statement_returns_what_its_panel_shows()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        await FillAsync(database);
        await using var reader = await DashboardReader.MakeAsync(database, Ct);
        var checkedPanels = 0;
        foreach (var dashboard in GrafanaDashboard.All())
        {
            await foreach (var choices in ChoicesAsync(reader.Source, dashboard))
            {
                foreach (var panel in dashboard.Panels)
                {
                    foreach (var sql in panel.Sql)
                    {
                        Shows(panel, await ReadAsync(reader.Source, sql, choices));
                        checkedPanels++;
                    }
                }
            }
        }

        Assert.NotEqual(0, checkedPanels);
    }

    [Fact]
    public async Task Role_of_the_dashboards_reads_views_and_nothing_else()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        await using var reader = await DashboardReader.MakeAsync(database, Ct);
        await reader.RunAsync(Ct); // As every start of the stack does.
        foreach (var forbidden in new[] { "SELECT * FROM items", "SELECT request FROM audits", "SELECT * FROM api_keys", "SELECT * FROM seals", "CREATE TABLE public.mine ()", "CREATE ROLE another" })
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => GrafanaSql.ReadAsync(reader.Source, forbidden, Ct));
            Assert.Contains(error.SqlState, (string[])[PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.ReadOnlySqlTransaction]);
        }

        Assert.Empty((await GrafanaSql.ReadAsync(reader.Source, "SELECT * FROM audit_overview", Ct)).Rows);
    }

    [Fact]
    public void Colours_change_at_the_limits_of_a_verdict()
    {
        var limits = new VerdictThresholds();
        var panels = GrafanaDashboard.All().SelectMany(dashboard => dashboard.Panels).ToList();
        AllAt("BG-gap", [double.NegativeInfinity, limits.WarnShare * limits.BackgroundGap, limits.BackgroundGap]);
        AllAt("net flips", [double.NegativeInfinity, limits.WarnShare * limits.NetFlipRate, limits.NetFlipRate]);
        AllAt("focus κ", [double.NegativeInfinity, limits.FocusFloor, limits.LowFocus]);

        void AllAt(string column, double[] expected)
        {
            var found = panels.Select(panel => panel.ThresholdsOf(column)).Where(thresholds => thresholds.Count > 0).ToList();
            Assert.NotEmpty(found);
            Assert.All(found, thresholds => Assert.Equal(expected, thresholds));
        }
    }

    private static void Shows(GrafanaPanel panel, GrafanaTable table)
    {
        Assert.True(table.Rows.Count > 0, $"{panel.Title}: no row");
        Assert.True(panel.Columns.Except(table.Columns.Select(column => column.Name)).ToList() is [], $"{panel.Title}: {string.Join(", ", panel.Columns)} of {string.Join(", ", table.Columns)}");
        Assert.All(panel.Columns, column => Assert.True(table.Of(column).Any(value => value is not null), $"{panel.Title}: no value in {column}"));
        var (texts, numbers) = (table.Columns.Count(column => column.Type == typeof(string)), table.Columns.Count(column => column.Type == typeof(double) || column.Type == typeof(long)));
        switch (panel.Type)
        {
            case "barchart":
                Assert.True(texts == 1 && numbers > 0, panel.Title);
                break;
            case "timeseries":
                Assert.Equal(("time", typeof(DateTime)), table.Columns[0]);
                Assert.True(texts == 1 && numbers == 1, panel.Title);
                Assert.True(table.Of("time").Distinct().Count() > 1, $"{panel.Title}: a trend of one point");
                Assert.Equal(table.Of("time").Order(), table.Of("time"));
                break;
            default:
                Assert.Equal("table", panel.Type);
                break;
        }
    }

    /// <summary>The first choice of what the database lists, and all of what the dashboard lists.</summary>
    private static async IAsyncEnumerable<Dictionary<string, string>> ChoicesAsync(NpgsqlDataSource database, GrafanaDashboard dashboard)
    {
        var listed = dashboard.Variables.Where(variable => variable.Sql is null).ToList();
        var combinations = listed.Aggregate(
            (IEnumerable<Dictionary<string, string>>)[[]],
            (some, variable) => [.. some.SelectMany(one => variable.Options.Select(option => new Dictionary<string, string>(one) { [variable.Name] = option }))]);
        foreach (var choices in combinations)
        {
            foreach (var variable in dashboard.Variables.Where(variable => variable.Sql is not null))
            {
                var table = await ReadAsync(database, variable.Sql!, choices);
                Assert.True(table.Rows.Count > 0, $"{variable.Name}: nothing to choose");
                var value = table.Columns.Any(column => column.Name == "__value") ? table.Of("__value").First() : table.Rows[0].Single();
                choices[variable.Name] = Assert.IsType<string>(value);
            }

            yield return choices;
        }
    }

    private static Task<GrafanaTable> ReadAsync(NpgsqlDataSource database, string sql, IReadOnlyDictionary<string, string> choices)
    {
        var filled = GrafanaSql.Fill(sql, choices);
        Assert.DoesNotContain("$", filled, StringComparison.Ordinal);
        return GrafanaSql.ReadAsync(database, filled, Ct);
    }

    /// <summary>Two versions of a model, each with an audit of masks and boxes, two methods and targets.</summary>
    private static async Task FillAsync(TestDatabase database)
    {
        foreach (var (hash, ended) in new[] { ("ee", 1), ("ff", 2) })
        {
            var audit = await ViewTests.FinishedAsync(database, Model, hash);
            await using var db = await database.OpenAsync(Ct);
            await db.Audits.Where(row => row.Id == audit).ExecuteUpdateAsync(row => row.SetProperty(a => a.EndedAt, new DateTime(2030, 1, ended, 2, 0, 0, DateTimeKind.Utc)).SetProperty(a => a.Error, "said"), Ct);
            await ItemRowsTests.WriteAsync(database, audit, 0, Enumerable.Range(0, 120).SelectMany(Maps));
            await CausalRowsTests.WriteAsync(database, audit, 0, CausalSample.Rows(400));
        }
    }

    private static IEnumerable<ItemResult> Maps(int item)
    {
        var map = Sample.Map(item, .2 + (item * .006), item % 2 == 0 ? "cat" : "dog", item % 3 > 0) with { Split = item % 4 < 2 ? "train" : "val", MaskKind = item % 5 == 0 ? MaskKind.Boxes : MaskKind.Mask };
        return [map, map with { Target = "label" }, map with { Method = MethodNames.Cam }, map with { Method = MethodNames.Cam, Target = "label" }];
    }
}
