using System.Diagnostics;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Data;
using BatchXai.Testing.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>Finds items among a million in PostgreSQL, as the items page does: the first page and the count of a filter, then further pages.</summary>
internal static class BrowseRun
{
    private const int ShardSize = 8_192;
    private const int PageSize = 60;
    private const int Rounds = 5;

    /// <param name="items">Rows of the audit.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<int> RunAsync(int items, CancellationToken ct)
    {
        await using var server = await PostgresServer.StartDurableAsync(ct);
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Database:ConnectionString", await server.CreateDatabaseAsync(cancellationToken: ct))]).Build();
        await using var services = new ServiceCollection().AddLogging().AddDatabase(settings).BuildServiceProvider();
        await AuditDatabase.MigrateAsync(services, ct);
        var (databases, dialect) = (services.GetRequiredService<IDbContextFactory<AuditDb>>(), services.GetRequiredService<DatabaseDialect>());

        var clock = Stopwatch.StartNew();
        var audit = await FillAsync(databases, dialect, items, ct);
        var filled = clock.Elapsed.TotalSeconds;
        clock.Restart();
        await dialect.IndexItemsAsync(audit, ct);
        var indexed = clock.Elapsed.TotalSeconds;

        var (changes, pages) = (new List<double>(), new List<double>());
        foreach (var (name, query) in Queries(audit))
        {
            var (change, page) = await MeasureAsync(databases, query, ct);
            Console.WriteLine($"{name}: first page and count {Middle(change):N0} ms, next page {(page.Count == 0 ? "none" : $"{Middle(page):N0} ms")}");
            changes.AddRange(change);
            pages.AddRange(page);
        }

        var cohorts = new List<double>();
        var whole = await FiguresAsync(databases, new ItemQuery(audit, MethodNames.GradCam, "predicted"), items, ofAll: true, ct);
        foreach (var query in Queries(audit).Where(query => query.Query is { Sort: ItemSort.Focus, Descending: false }))
        {
            var figures = await FiguresAsync(databases, query.Query, items, ofAll: false, ct);
            Console.WriteLine($"{query.Name[..query.Name.IndexOf(", by", StringComparison.Ordinal)]}: figures {Middle(figures):N0} ms");
            cohorts.AddRange(figures);
        }

        return Bar.Print(
        [
            new($"{items:N0} rows copied", items / filled, "/s"),
            new("indexes made when the rows are complete", indexed, "s"),
            new("filter changed: first page and count, median", Share(changes, .5), "ms"),
            new("the same, p95", Share(changes, .95), "ms", AtMost: 500),
            new("next page, median", Share(pages, .5), "ms"),
            new("the same, p95", Share(pages, .95), "ms", AtMost: 500),
            new("what cohorts are held against, p95", Share(whole, .95), "ms"),
            new("figures of a cohort, median", Share(cohorts, .5), "ms"),
            new("the same, p95", Share(cohorts, .95), "ms", AtMost: 1_000),
        ]);
    }

    private static IEnumerable<(string Name, ItemQuery Query)> Queries(Guid audit)
    {
        (string Name, ItemFilter Filter)[] filters =
        [
            ("no filter", new()),
            ("a class of a hundred", new() { Class = "37" }),
            ("a class that is not there", new() { Class = "nobody" }),
            ("its mistakes in one split", new() { Class = "35", Correct = Correctness.Wrong, Split = "val" }),
            ("one split", new() { Split = "val" }),
            ("mistakes", new() { Correct = Correctness.Wrong }),
            ("a prediction", new() { Predicted = "12" }),
            ("unreadable images, 20 of a million", new() { Outcome = ItemOutcome.Unreadable }),
            ("a thousandth of focus", new() { FocusFrom = .5, FocusTo = .501 }),
            ("background above .79", new() { BackgroundFrom = .79 }),
            ("mistakes below chance with much background", new() { Correct = Correctness.Wrong, FocusTo = 0, BackgroundFrom = .75, Split = "train" }),
            ("answers that turned", new() { Turned = true }),
            ("answers that did not turn, of one class", new() { Turned = false, Class = "50" }),
        ];
        return from filter in filters
               from sort in Enum.GetValues<ItemSort>()
               from down in (bool[])[false, true]
               select ($"{filter.Name}, by {sort}{(down ? ", descending" : "")}", new ItemQuery(audit, MethodNames.GradCam, "predicted") { Filter = filter.Filter, Sort = sort, Descending = down });
    }

    /// <summary>Milliseconds of each round, the first one too. Each begins with a context of its own, as a request does.</summary>
    private static async Task<(List<double> Change, List<double> Page)> MeasureAsync(IDbContextFactory<AuditDb> databases, ItemQuery query, CancellationToken ct)
    {
        var (change, pages) = (new List<double>(), new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            FoundItems page;
            await using (var db = await databases.CreateDbContextAsync(ct))
            {
                page = await ItemFinder.PageAsync(db, query, null, backwards: false, PageSize, ct);
                await ItemFinder.CountAsync(db, query, ct);
            }

            change.Add(clock.Elapsed.TotalMilliseconds);
            if (page.After is { } after)
            {
                clock.Restart();
                await using var db = await databases.CreateDbContextAsync(ct);
                await ItemFinder.PageAsync(db, query, after, backwards: false, PageSize, ct);
                pages.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        return (change, pages);
    }

    /// <summary>Milliseconds to add up a cohort, or all items, which the page of an audit does once in a while.</summary>
    private static async Task<List<double>> FiguresAsync(IDbContextFactory<AuditDb> databases, ItemQuery query, int items, bool ofAll, CancellationToken ct)
    {
        var causal = new CausalReport { Choice = CausalChoice.Sampled, Items = 2_000, ForwardPasses = 0, Statuses = new Dictionary<CausalStatus, long>(), Figures = [] };
        var totals = new AuditTotals(new Dictionary<ItemOutcome, long> { [ItemOutcome.Explained] = items }, new(items, items, 1, 1, 1), causal, 0);
        List<double> times = [];
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            await using var db = await databases.CreateDbContextAsync(ct);
            var reader = new CohortReader(db, totals);
            _ = ofAll ? (object)await reader.SumsAsync(query, ct) : await reader.ReadAsync(query, [], ct);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return times;
    }

    private static async Task<Guid> FillAsync(IDbContextFactory<AuditDb> databases, DatabaseDialect dialect, int items, CancellationToken ct)
    {
        var audit = Guid.CreateVersion7();
        await using var db = await databases.CreateDbContextAsync(ct);
        await dialect.AddAuditAsync(db, audit, ct);
        for (var (first, shard) = (0, 0); first < items; first += ShardSize, shard++)
        {
            var places = Enumerable.Range(first, Math.Min(ShardSize, items - first));
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await dialect.WriteItemsAsync(db, audit, shard, places.Select(Row).ToAsyncEnumerable(), ct);
            await dialect.WriteCausalAsync(db, audit, shard, places.Where(item => item % 500 == 0).SelectMany(Tests).ToAsyncEnumerable(), ct);
            await transaction.CommitAsync(ct);
        }

        return audit;
    }

    private static ItemResult Row(int item) => item % 50_000 == 7
        ? new() { Item = item, ItemId = $"{item}.jpg", Label = $"{item % 100}", Split = "val", Outcome = ItemOutcome.Unreadable, Detail = "truncated" }
        : RecordedAudit.Result(item);

    /// <summary>One item of five hundred takes part, as in a sample of 2,000; of these one of ten turns.</summary>
    private static IEnumerable<CausalResult> Tests(int item) =>
        from test in Enum.GetValues<CausalTest>()
        from fill in Enum.GetValues<CausalFill>()
        select new CausalResult
        {
            Item = item, Label = $"{item % 100}", Split = "val", MaskKind = MaskKind.Mask, Test = test, Fill = fill, Status = CausalStatus.Ok, CorrectBefore = true,
            Flipped = test == CausalTest.MixedRand && item % 5_000 == 0,
        };

    private static double Middle(List<double> values) => Share(values, .5);

    private static double Share(List<double> values, double share) => values.Order().ElementAt((int)Math.Min(values.Count - 1, Math.Ceiling(share * values.Count)));
}
