using System.Collections;
using System.Reflection;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Tests.Aggregate;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Data;

public sealed class ItemRowsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Every_value_of_a_row_comes_back(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await AddAuditAsync(database);
        ItemResult[] rows = [Filled(0, 0), Filled(0, 1), new() { Item = 1, ItemId = "ü,\"\n🦩", Split = "", Outcome = ItemOutcome.Failed }];
        await WriteAsync(database, audit, 7, rows);

        await using var db = await database.OpenAsync(Ct);
        var read = await db.Items.AsNoTracking().OrderBy(row => row.Item).ThenBy(row => row.Row).ToListAsync(Ct);
        Assert.Equal(rows, read.Select(row => row.Result with { Item = row.Item }));
        Assert.Equal([(0L, 0, 7), (0L, 1, 7), (1L, 0, 7)], read.Select(row => (row.Item, row.Row, row.Shard)));
        Assert.All(read, row => Assert.Equal(audit, row.AuditId));
        Assert.Equal(rows, await database.Dialect.ReadItemsAsync(db, audit, Ct).ToListAsync(Ct));
    }

    [Theory, EachDatabase]
    public async Task Rows_are_read_in_the_order_of_items_however_they_were_written(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var (audit, other) = (await AddAuditAsync(database), await AddAuditAsync(database));
        foreach (var shard in (int[])[2, 0, 3])
        {
            await WriteAsync(database, audit, shard, Rows(shard));
        }

        await WriteAsync(database, other, 0, [Sample.Map(0, .7)]);
        await using var db = await database.OpenAsync(Ct);
        Assert.Equal([.. Rows(0), .. Rows(2), .. Rows(3)], await database.Dialect.ReadItemsAsync(db, audit, Ct).ToListAsync(Ct));
        Assert.Single(await database.Dialect.ReadItemsAsync(db, other, Ct).ToListAsync(Ct));
        Assert.Empty(await database.Dialect.ReadItemsAsync(db, await AddAuditAsync(database), Ct).ToListAsync(Ct));

        static IEnumerable<ItemResult> Rows(int shard) => Enumerable.Range(shard * 5_000, 5_000).SelectMany(item => (ItemResult[])[Sample.Map(item, .5), Sample.Map(item, .6)]);
    }

    [Theory, EachDatabase]
    public async Task Reading_may_end_before_the_last_row(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await AddAuditAsync(database);
        await WriteAsync(database, audit, 0, Enumerable.Range(0, 20_000).Select(item => Sample.Map(item, .5)));
        await using var db = await database.OpenAsync(Ct);
        Assert.Equal(7, await database.Dialect.ReadItemsAsync(db, audit, Ct).Take(7).CountAsync(Ct));
        Assert.Equal(20_000, await database.Dialect.ReadItemsAsync(db, audit, Ct).CountAsync(Ct));
    }

    [Theory, EachDatabase]
    public async Task Rows_of_a_transaction_that_ends_without_commit_are_not_there(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await AddAuditAsync(database);
        await using (var db = await database.OpenAsync(Ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await database.Dialect.WriteItemsAsync(db, audit, 0, Sample.Stream([Filled(0, 0)]), Ct);
        }

        await WriteAsync(database, audit, 1, [Filled(0, 0)]);
        await using var again = await database.OpenAsync(Ct);
        Assert.Equal(1, (await again.Items.SingleAsync(Ct)).Shard);
    }

    [Theory, EachDatabase]
    public async Task Source_that_breaks_halfway_leaves_nothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await AddAuditAsync(database);
        await Assert.ThrowsAsync<InvalidDataException>(() => WriteAsync(database, audit, 0, Broken()));
        await using var db = await database.OpenAsync(Ct);
        Assert.Empty(await db.Items.ToListAsync(Ct));
    }

    [Theory, EachDatabase]
    public async Task States_are_the_words_of_the_artifact_format(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await AddAuditAsync(database);
        await WriteAsync(database, audit, 0, [Sample.Zero(0)]);
        await using var db = await database.OpenAsync(Ct);
        Assert.Equal("no_positive_evidence zero_heatmap", await db.Database.SqlQueryRaw<string>("SELECT outcome || ' ' || status AS \"Value\" FROM items").SingleAsync(Ct));
    }

    [Fact]
    public async Task Text_that_the_server_cannot_hold_keeps_no_shard_from_being_recorded()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        var audit = await AddAuditAsync(database);
        var label = string.Concat(Enumerable.Range(0, 2_000).Select(i => (char)(0x4E00 + (i * 7919 % 20_000))));
        await WriteAsync(database, audit, 0, [Sample.Map(0, .5, label) with { ItemId = "a\0b\ud800" }]);
        await using var db = await database.OpenAsync(Ct);
        var row = await db.Items.AsNoTracking().SingleAsync(Ct);
        Assert.Equal(("a\uFFFDb\uFFFD", label), (row.Result.ItemId, row.Result.Label));
    }

    [Fact]
    public async Task Session_that_is_killed_within_a_shard_leaves_nothing_and_the_next_one_works()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        var audit = await AddAuditAsync(database);
        await using (var db = await database.OpenAsync(Ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await Assert.ThrowsAnyAsync<Exception>(() => database.Dialect.WriteItemsAsync(db, audit, 0, KilledAsync(database), Ct));
        }

        await WriteAsync(database, audit, 1, [Filled(0, 0)]);
        await using var again = await database.OpenAsync(Ct);
        Assert.Equal(1, (await again.Items.SingleAsync(Ct)).Shard);
    }

    [Fact]
    public async Task Server_is_shown_what_all_rows_are_like_but_not_again_on_the_same_day()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        await WriteAsync(database, await AddAuditAsync(database), 0, Enumerable.Range(0, 50).Select(item => Sample.Map(item, .5, $"class {item % 5}")));
        await database.Dialect.ShowItemsAsync(Ct);
        await WriteAsync(database, await AddAuditAsync(database), 0, Enumerable.Range(0, 50).Select(item => Sample.Map(item, .5, "another class")));
        await database.Dialect.ShowItemsAsync(Ct);

        await using var db = await database.OpenAsync(Ct);
        var classes = db.Database.SqlQueryRaw<float>("SELECT n_distinct AS \"Value\" FROM pg_stats WHERE tablename = 'items' AND inherited AND attname = 'label'");
        Assert.Equal(5, await classes.SingleAsync(Ct));
        Assert.Equal("100", await db.Database.SqlQueryRaw<string>("SELECT current_setting('default_statistics_target') AS \"Value\"").SingleAsync(Ct));
    }

    internal static async Task<Guid> AddAuditAsync(TestDatabase database)
    {
        var id = Guid.CreateVersion7();
        await using var db = await database.OpenAsync(Ct);
        db.Audits.Add(new AuditRow { Id = id, Name = "test", Fingerprint = id.ToString(), Request = "{}" });
        await db.SaveChangesAsync(Ct);
        await database.Dialect.AddAuditAsync(db, id, Ct);
        return id;
    }

    internal static async Task WriteAsync(TestDatabase database, Guid audit, int shard, IEnumerable<ItemResult> rows)
    {
        await using var db = await database.OpenAsync(Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await database.Dialect.WriteItemsAsync(db, audit, shard, Sample.Stream(rows), Ct);
        await transaction.CommitAsync(Ct);
    }

    /// <summary>A row in which every property has a value of its own, so that a column that is forgotten or exchanged shows.</summary>
    private static ItemResult Filled(long item, int seed)
    {
        var row = new ItemResult { Item = item, ItemId = "", Split = "", Outcome = default };
        Fill(row, seed);
        Fill(row.Measures, seed + 100);
        return row;
    }

    private static void Fill(object target, int seed)
    {
        foreach (var property in target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name is not (nameof(ItemResult.Item) or nameof(ItemResult.Measures))))
        {
            seed++;
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            object value = type == typeof(string) ? $"{property.Name} {seed}"
                : type == typeof(bool) ? true
                : type.IsEnum ? ((IList)Enum.GetValues(type))[seed % Enum.GetValues(type).Length]!
                : type == typeof(double) ? seed / 7.0
                : Convert.ChangeType(seed, type, System.Globalization.CultureInfo.InvariantCulture);
            property.SetValue(target, value);
        }
    }

    /// <summary>More rows than any buffer holds; half-way the server ends the session that they go to.</summary>
    private static async IAsyncEnumerable<ItemResult> KilledAsync(TestDatabase database)
    {
        for (int item = 0; item < 5_000; item++)
        {
            if (item == 2_500)
            {
                await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'", Ct);
            }

            yield return Filled(item, 0);
        }
    }

    private static IEnumerable<ItemResult> Broken()
    {
        yield return Filled(0, 0);
        throw new InvalidDataException("the source broke");
    }
}
