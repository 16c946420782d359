using BatchXai.Contracts;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Data;

/// <summary>One file, one process, one writer at a time.</summary>
internal sealed class SqliteDialect : DatabaseDialect
{
    public override async Task MigrateAsync(AuditDb db, CancellationToken cancellationToken)
    {
        await RefuseForeignAsync(db, cancellationToken);
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            // A process that was killed here left its lock behind, and EF would wait for it for ever. The output folder has one owner: this process.
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
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

    public override Task WriteItemsAsync(AuditDb db, Guid auditId, int shard, IAsyncEnumerable<ItemResult> rows, CancellationToken cancellationToken) =>
        AddAsync(db, ItemRow.NumberedAsync(auditId, shard, rows, cancellationToken), cancellationToken);

    public override Task WriteCausalAsync(AuditDb db, Guid auditId, int shard, IAsyncEnumerable<CausalResult> rows, CancellationToken cancellationToken) =>
        AddAsync(db, CausalRow.NumberedAsync(auditId, shard, rows, cancellationToken), cancellationToken);

    public override IAsyncEnumerable<ItemResult> ReadItemsAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken) =>
        db.Items.AsNoTracking().Where(row => row.AuditId == auditId).OrderBy(row => row.Item).ThenBy(row => row.Row).AsAsyncEnumerable().Select(row => row.Result with { Item = row.Item });

    public override Task ShowItemsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task IndexItemsAsync(Guid auditId, CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task DeleteAuditAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken)
    {
        await db.Items.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
        await db.CausalResults.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
        await db.ClusterReviews.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
        await db.Shards.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
        await db.Cohorts.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
        await db.Audits.Where(row => row.Id == auditId).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task AddAsync<TRow>(AuditDb db, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken)
        where TRow : class
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await foreach (var row in rows)
        {
            db.Add(row);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A file of a version before migrations carries a number, one of a later version carries migrations that are not known here.</summary>
    private static async Task RefuseForeignAsync(AuditDb db, CancellationToken cancellationToken)
    {
        var file = db.Database.GetDbConnection().DataSource;
        var number = File.Exists(file) ? await db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").SingleAsync(cancellationToken) : 0;
        var foreign = number != 0 ? $"version {number}" : (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations()).LastOrDefault();
        if (foreign is not null)
        {
            throw new UserErrorException($"{file} has tables of another version of this program ({foreign}). Choose another output folder, or start again with --fresh.");
        }
    }
}
