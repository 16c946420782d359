using BatchXai.Contracts.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>Many coordinators over one server: rows are leased without waiting, items are copied in, and each audit's results have partitions of their own.</summary>
internal sealed class PostgresDialect(NpgsqlDataSource server) : DatabaseDialect
{
    // Materialized: as a plain subquery it may be run more than once, and each time would lock other rows.
    private const string Lease =
        """
        WITH next AS MATERIALIZED (
            SELECT audit_id, number FROM shards WHERE audit_id = {0} AND state = 'pending' AND not_before <= {1}
            ORDER BY number LIMIT {2} FOR UPDATE SKIP LOCKED)
        UPDATE shards SET state = 'dispatched', lease_id = gen_random_uuid(), dispatched_at = {1}, confirmed_at = NULL, run_id = NULL, heartbeat_at = NULL, attempt = attempt + 1
        FROM next WHERE shards.audit_id = next.audit_id AND shards.number = next.number
        RETURNING shards.*
        """;

    public override async Task MigrateAsync(AuditDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
        catch (NpgsqlException failed)
        {
            throw PostgresConnection.Unusable(db.Database.GetDbConnection().ConnectionString, failed);
        }
    }

    public override async Task<IReadOnlyList<ShardRow>> LeaseShardsAsync(AuditDb db, Guid auditId, int most, DateTime now, CancellationToken cancellationToken) =>
        [.. (await db.Shards.FromSqlRaw(Lease, auditId, now, most).AsNoTracking().ToListAsync(cancellationToken)).OrderBy(shard => shard.Number)];

    public override Task AddAuditAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken) => AuditPartitions.AddAsync(db, auditId, cancellationToken);

    public override Task WriteItemsAsync(AuditDb db, Guid auditId, int shard, IAsyncEnumerable<ItemResult> rows, CancellationToken cancellationToken) =>
        CopyAsync(db, AuditPartitions.ItemsOf(auditId), ItemRow.NumberedAsync(auditId, shard, rows, cancellationToken), cancellationToken);

    public override Task WriteCausalAsync(AuditDb db, Guid auditId, int shard, IAsyncEnumerable<CausalResult> rows, CancellationToken cancellationToken) =>
        CopyAsync(db, AuditPartitions.CausalOf(auditId), CausalRow.NumberedAsync(auditId, shard, rows, cancellationToken), cancellationToken);

    public override IAsyncEnumerable<ItemResult> ReadItemsAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken) => ItemPages.For(db.Model).ReadAsync(server, auditId, cancellationToken);

    public override Task ShowItemsAsync(CancellationToken cancellationToken) => ItemStatistics.RefreshAsync(server, cancellationToken);

    public override Task IndexItemsAsync(Guid auditId, CancellationToken cancellationToken) => ItemIndexes.MakeAsync(server, auditId, cancellationToken);

    public override async Task DeleteAuditAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            // Shards first: a commit that is under way holds its shard's row, then writes to the partition.
            await db.Shards.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
            await AuditPartitions.EmptyAsync(db, auditId, cancellationToken);
            await db.Cohorts.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
            await db.ClusterReviews.Where(row => row.AuditId == auditId).ExecuteDeleteAsync(cancellationToken);
            await db.Audits.Where(row => row.Id == auditId).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await AuditPartitions.DropOrphansAsync(db, cancellationToken);
    }

    private static async Task CopyAsync<TRow>(AuditDb db, string partition, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken)
        where TRow : class
    {
        // Straight into the partition: who writes to one audit then never waits for the making or dropping of another's.
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await RowCopy<TRow>.For(db.Model).WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), partition, rows, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
