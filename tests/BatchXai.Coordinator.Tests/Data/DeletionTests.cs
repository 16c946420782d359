using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Tests.Aggregate;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Data;

public sealed class DeletionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Deleting_an_audit_takes_all_that_is_its_and_nothing_else(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var (gone, kept) = (await RecordedAsync(database), await RecordedAsync(database));
        await DeleteAsync(database, gone);
        await DeleteAsync(database, gone); // Again is no error.

        await using var db = await database.OpenAsync(Ct);
        Assert.Equal(kept, (await db.Audits.SingleAsync(Ct)).Id);
        Assert.Equal(kept, (await db.Shards.SingleAsync(Ct)).AuditId);
        Assert.Equal(kept, (await db.Items.SingleAsync(Ct)).AuditId);
        Assert.Equal(kept, (await db.ClusterReviews.SingleAsync(Ct)).AuditId);
    }

    [Fact]
    public async Task Partition_is_made_once_however_many_coordinators_make_it_and_goes_with_its_audit()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        var audit = await ItemRowsTests.AddAuditAsync(database);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => AddAsync(database, audit), Ct)));
        Assert.Equal(1, await PartitionsAsync(database));
        await DeleteAsync(database, audit);
        Assert.Equal(0, await PartitionsAsync(database));
    }

    [Fact]
    public async Task Partition_has_the_indexes_of_the_table()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        var audit = await ItemRowsTests.AddAuditAsync(database);
        await using var db = await database.OpenAsync(Ct);
        string Indexes(string table) => $"SELECT count(*)::int AS \"Value\" FROM pg_index WHERE indrelid = '{table}'::regclass AND indisvalid";
        Assert.Equal(1, await db.Database.SqlQueryRaw<int>(Indexes("items")).SingleAsync(Ct));
        Assert.Equal(1, await db.Database.SqlQueryRaw<int>(Indexes(AuditPartitions.ItemsOf(audit))).SingleAsync(Ct));
    }

    [Fact]
    public async Task Someone_who_reads_all_items_stops_neither_adding_nor_writing_nor_deleting()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        var gone = await ItemRowsTests.AddAuditAsync(database);
        await using (var reader = await database.OpenAsync(Ct))
        {
            await using var transaction = await reader.Database.BeginTransactionAsync(Ct);
            Assert.Empty(await reader.Items.Where(row => row.AuditId == Guid.Empty).ToListAsync(Ct)); // Holds a lock on the table of all partitions.
            var added = await RecordedAsync(database);
            await DeleteAsync(database, gone);
            Assert.Equal(1, await reader.Items.CountAsync(row => row.AuditId == added, Ct));
            Assert.Equal(2, await PartitionsAsync(database)); // Emptied, but not dropped yet.
        }

        await DeleteAsync(database, Guid.NewGuid());
        Assert.Equal(1, await PartitionsAsync(database));
    }

    private static async Task<Guid> RecordedAsync(TestDatabase database)
    {
        var audit = await ItemRowsTests.AddAuditAsync(database);
        await using (var db = await database.OpenAsync(Ct))
        {
            db.ClusterReviews.Add(new() { AuditId = audit, Class = "cat", Items = "[0]" });
            db.Shards.Add(new ShardRow { AuditId = audit, State = ShardState.Done, Items = 1 });
            await db.SaveChangesAsync(Ct);
        }

        await ItemRowsTests.WriteAsync(database, audit, 0, [Sample.Map(0, .5)]);
        return audit;
    }

    private static async Task AddAsync(TestDatabase database, Guid audit)
    {
        await using var db = await database.OpenAsync(Ct);
        await database.Dialect.AddAuditAsync(db, audit, Ct);
    }

    private static async Task DeleteAsync(TestDatabase database, Guid audit)
    {
        await using var db = await database.OpenAsync(Ct);
        await database.Dialect.DeleteAuditAsync(db, audit, Ct);
    }

    private static async Task<int> PartitionsAsync(TestDatabase database)
    {
        await using var db = await database.OpenAsync(Ct);
        return await db.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_class WHERE relname LIKE 'items\\_%' AND relkind = 'r'").SingleAsync(Ct);
    }
}
