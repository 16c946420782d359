using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Causal;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Browse;

/// <summary>What the database finds against the same rows filtered and sorted in memory.</summary>
public sealed class ItemFinderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static IEnumerable<ItemFilter> Filters =>
    [
        new(),
        new() { Class = "cat" },
        new() { Items = [3, 17, 170, 9_999], Correct = Correctness.Right },
        new() { Class = BrowsedRows.Hostile },
        new() { Class = BrowsedRows.Long },
        new() { Class = BrowsedRows.Long[..150] },
        new() { Class = "nobody" },
        new() { Unlabelled = true },
        new() { Split = "val" },
        new() { Group = "scene 3" },
        new() { Metadata = "camera=north" },
        new() { Metadata = "camera=north & weather=rain", Class = "cat" },
        new() { Metadata = MetadataTerms.Of(BrowsedRows.Hostile, $"50% & a=b \\ {BrowsedRows.Hostile}") },
        new() { Metadata = "camera=nobody" },
        new() { Outcome = ItemOutcome.Unreadable },
        new() { Outcome = ItemOutcome.NoTarget },
        new() { Correct = Correctness.Right, Class = "dog" },
        new() { Correct = Correctness.Wrong },
        new() { Correct = Correctness.Unchecked },
        new() { Predicted = BrowsedRows.Hostile, Split = "train" },
        new() { FocusFrom = -.1, FocusTo = .3 },
        new() { BackgroundFrom = .5 },
        new() { FocusFrom = .2 },
        new() { FocusTo = .2 },
        new() { BackgroundTo = 1.0 / 3, Correct = Correctness.Right },
        new() { Turned = true },
        new() { Turned = false },
        new() { Turned = true, Class = "cat", Correct = Correctness.Right },
    ];

    [Theory, EachDatabase]
    public async Task Every_filter_and_order_finds_what_the_rows_say_page_by_page_forwards_and_backwards(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await SeedAsync(database);
        await using var db = await database.OpenAsync(Ct);
        foreach (var filter in Filters)
        {
            foreach (var sort in Enum.GetValues<ItemSort>())
            {
                foreach (var descending in (bool[])[false, true])
                {
                    var query = new ItemQuery(audit, MethodNames.GradCam, "predicted") { Filter = filter, Sort = sort, Descending = descending };
                    var expected = Expected(query);
                    Assert.Equal(expected, await WalkAsync(db, query, backwards: false));
                    Assert.Equal(expected.Reverse(), await WalkAsync(db, query, backwards: true));
                    Assert.Equal(expected.Length, await ItemFinder.CountAsync(db, query, Ct));
                }
            }
        }
    }

    [Theory, EachDatabase]
    public async Task Another_method_shows_its_own_heatmaps(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var query = new ItemQuery(await SeedAsync(database), MethodNames.Cam, "label") { Sort = ItemSort.BackgroundShare };
        await using var db = await database.OpenAsync(Ct);
        Assert.Equal(Expected(query), await WalkAsync(db, query, backwards: false));
    }

    [Fact]
    public async Task Counting_ends_where_nobody_would_go_on()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct);
        var audit = await ItemRowsTests.AddAuditAsync(database);
        await ItemRowsTests.WriteAsync(database, audit, 0, Enumerable.Range(0, ItemFinder.MostCounted + 5).Select(item => Aggregate.Sample.Map(item, .5)));
        await using var db = await database.OpenAsync(Ct);
        Assert.Equal(ItemFinder.MostCounted + 1, await ItemFinder.CountAsync(db, new(audit, MethodNames.GradCam, "predicted"), Ct));
    }

    [Fact]
    public async Task Indexes_are_made_when_the_rows_are_complete_and_go_with_the_audit()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        var audit = await SeedAsync(database);
        await using var db = await database.OpenAsync(Ct);
        await database.Dialect.IndexItemsAsync(audit, Ct);
        var made = await IndexesAsync();
        await database.Dialect.IndexItemsAsync(audit, Ct);
        Assert.Equal(made, await IndexesAsync());
        Assert.True(made > await PlainIndexesAsync());

        await database.Dialect.DeleteAuditAsync(db, audit, Ct);
        Assert.Equal(0, await IndexesAsync());

        Task<int> IndexesAsync() => CountAsync(audit);
        async Task<int> PlainIndexesAsync() => await CountAsync(await ItemRowsTests.AddAuditAsync(database));
        Task<int> CountAsync(Guid of) => db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_indexes WHERE tablename = {$"items_{of:N}"}").SingleAsync(Ct);
    }

    [Theory]
    [InlineData("17", null, 17L)]
    [InlineData("-0.25:0", -.25, 0L)]
    [InlineData("1E-05:3", 1e-5, 3L)]
    public void Cursor_is_read_as_it_was_written(string text, double? key, long item)
    {
        Assert.Equal(new ItemCursor(key, item), ItemCursor.Read(text));
        Assert.Equal(text, new ItemCursor(key, item).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("x:1")]
    [InlineData("NaN:1")]
    [InlineData("Infinity:1")]
    [InlineData("0.5:")]
    [InlineData("0.5:-1")]
    [InlineData("1:2:3")]
    [InlineData("99999999999999999999")]
    public void Other_text_is_no_cursor(string text) => Assert.Null(ItemCursor.Read(text));

    internal static async Task<Guid> SeedAsync(TestDatabase database)
    {
        // Another audit's rows must never be seen.
        await ItemRowsTests.WriteAsync(database, await ItemRowsTests.AddAuditAsync(database), 0, BrowsedRows.Rows.Take(20));
        var audit = await ItemRowsTests.AddAuditAsync(database);
        await ItemRowsTests.WriteAsync(database, audit, 0, BrowsedRows.Rows);
        await CausalRowsTests.WriteAsync(database, audit, 0, BrowsedRows.Causal);
        await database.Dialect.IndexItemsAsync(audit, Ct);
        return audit;
    }

    /// <summary>Follows the links from page to page; every link but the last must lead to a page with items.</summary>
    private static async Task<IEnumerable<long>> WalkAsync(Coordinator.Data.AuditDb db, ItemQuery query, bool backwards)
    {
        List<long> items = [];
        ItemCursor? from = null;
        do
        {
            var page = await ItemFinder.PageAsync(db, query, from, backwards, 7, Ct);
            Assert.True(page.Rows.Count is > 0 and <= 7 || from is null);
            Assert.Equal(from is null, (backwards ? page.After : page.Before) is null);
            items.AddRange((backwards ? page.Rows.Reverse() : page.Rows).Select(row => row.Item));
            from = (backwards ? page.Before : page.After) is { } next ? ItemCursor.Read(next.ToString()) : null;
        }
        while (from is not null);
        return items;
    }

    private static long[] Expected(ItemQuery query)
    {
        var turned = BrowsedRows.Causal.GroupBy(row => row.Item).ToDictionary(item => item.Key, item => EvidenceRule.Turns([.. item]));
        var rows = BrowsedRows.Rows.Where(row => (row.Method is null || (row.Method == query.Method && row.Target == query.Target)) && Matches(row, query.Filter, turned.GetValueOrDefault(row.Item)))
            .Select(row => (row.Item, Key: Key(row, query.Sort))).ToList();
        var (valued, others) = (rows.Where(row => row.Key is not null), rows.Where(row => row.Key is null));
        return query.Descending
            ? [.. valued.OrderByDescending(row => row.Key).ThenByDescending(row => row.Item).Concat(others.OrderByDescending(row => row.Item)).Select(row => row.Item)]
            : [.. valued.OrderBy(row => row.Key).ThenBy(row => row.Item).Concat(others.OrderBy(row => row.Item)).Select(row => row.Item)];
    }

    private static double? Key(ItemResult row, ItemSort sort) => row.Method is null ? null : sort switch
    {
        ItemSort.Focus => row.Measures.Focus,
        ItemSort.BackgroundShare => row.Measures.BackgroundAttention,
        ItemSort.Confidence => row.Confidence,
        _ => null,
    };

    internal static bool Matches(ItemResult row, ItemFilter filter, bool? turned) =>
        (filter.Items is null || filter.Items.Contains(row.Item))
        && (filter.Class is null || row.Label == filter.Class)
        && (!filter.Unlabelled || row.Label is null)
        && (filter.Split is null || row.Split == filter.Split)
        && (filter.Group is null || row.Group == filter.Group)
        && (filter.Metadata is null || MetadataTerms.Read(filter.Metadata)!.All(term => BrowsedRows.MetadataOf((int)row.Item)?.GetValueOrDefault(term.Column) == term.Value))
        && (filter.Outcome is null || row.Outcome == filter.Outcome)
        && (filter.Correct is null || row.Correct == filter.Correct switch { Correctness.Right => true, Correctness.Wrong => false, _ => null })
        && (filter.Predicted is null || row.PredictedName == filter.Predicted)
        && (filter.FocusFrom is null || row.Measures.Focus >= filter.FocusFrom)
        && (filter.FocusTo is null || row.Measures.Focus <= filter.FocusTo)
        && (filter.BackgroundFrom is null || row.Measures.BackgroundAttention >= filter.BackgroundFrom)
        && (filter.BackgroundTo is null || row.Measures.BackgroundAttention <= filter.BackgroundTo)
        && (filter.Turned is null || turned == filter.Turned);
}
