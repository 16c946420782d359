using BatchXai.Contracts;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Data;

/// <summary>One file, one process, one writer at a time.</summary>
internal sealed class SqliteDialect : DatabaseDialect
{
    // Raised with every change of the tables; an older file is refused by name, never misread.
    private const int SchemaVersion = 2;

    public override async Task MigrateAsync(AuditDb db, CancellationToken cancellationToken)
    {
        var version = File.Exists(db.Database.GetDbConnection().DataSource)
            ? await db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").SingleAsync(cancellationToken)
            : 0;
        if (version == 0)
        {
            // New, or left behind half-made by a full disk: the version is written last.
            await db.Database.EnsureCreatedAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync($"PRAGMA journal_mode = WAL; PRAGMA user_version = {SchemaVersion};", cancellationToken);
            return;
        }

        if (version != SchemaVersion)
        {
            throw new UserErrorException($"{db.Database.GetDbConnection().DataSource} has tables of version {version}, and this program writes version {SchemaVersion}. Choose another output folder, or start again with --fresh.");
        }
    }

    public override async Task<IReadOnlyList<ShardRow>> LeaseShardsAsync(AuditDb db, Guid auditId, int most, DateTime now, CancellationToken cancellationToken)
    {
        var next = await db.Shards.Where(shard => shard.AuditId == auditId && shard.State == ShardState.Pending && shard.NotBefore <= now)
            .OrderBy(shard => shard.Number).Take(most).ToListAsync(cancellationToken);
        foreach (var shard in next)
        {
            (shard.State, shard.LeaseId, shard.DispatchedAt, shard.ConfirmedAt, shard.RunId, shard.HeartbeatAt) = (ShardState.Dispatched, Guid.CreateVersion7(), now, null, null, null);
            shard.Attempt++;
        }

        await db.SaveChangesAsync(cancellationToken);
        next.ForEach(shard => db.Entry(shard).State = EntityState.Detached);
        return next;
    }

    public override Task AddAuditAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task WriteItemsAsync(AuditDb db, Guid auditId, int shard, IAsyncEnumerable<ItemResult> rows, CancellationToken cancellationToken)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var (item, row) = (-1L, 0);
        await foreach (var result in rows.WithCancellation(cancellationToken))
        {
            (item, row) = (result.Item, result.Item == item ? row + 1 : 0);
            db.Items.Add(new ItemRow { AuditId = auditId, Item = item, Row = row, Shard = shard, Result = result });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public override async Task DeleteAuditAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken)
    {
        await db.Items.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
        await db.Shards.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
        await db.Audits.Where(row => row.Id == auditId).ExecuteDeleteAsync(cancellationToken);
    }
}
