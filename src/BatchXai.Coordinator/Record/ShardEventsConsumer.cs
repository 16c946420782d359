using System.Text.Json;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Record;

/// <summary>
/// Writes down what workers tell. Only events of a shard's latest run move its row, and a shard is counted once: duplicates, late and
/// lost messages are harmless.
/// </summary>
internal sealed class ShardEventsConsumer(IDbContextFactory<AuditDb> databases, DatabaseDialect dialect, IBlobStore blobs, TimeProvider clock)
    : IConsumer<ShardStarted>, IConsumer<ShardProgressed>, IConsumer<ShardExplained>, IConsumer<ShardFailed>
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(2);

    public async Task Consume(ConsumeContext<ShardStarted> context)
    {
        var (auditId, number, lease, run, worker, _) = context.Message;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await Leased(db, auditId, number, lease).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Running).SetProperty(row => row.RunId, run).SetProperty(row => row.Worker, worker).SetProperty(row => row.HeartbeatAt, now)
                .SetProperty(row => row.ItemsDone, 0).SetProperty(row => row.ItemsFailed, 0),
            context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<ShardProgressed> context)
    {
        var (auditId, number, lease, run, done, failed) = context.Message;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await Leased(db, auditId, number, lease).Where(shard => shard.RunId == run).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.ItemsDone, done).SetProperty(row => row.ItemsFailed, failed).SetProperty(row => row.HeartbeatAt, now),
            context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<ShardExplained> context)
    {
        var explained = context.Message;
        var cancellationToken = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var stages = JsonSerializer.Serialize(explained.StageSeconds);
        var won = await Held(db, explained.AuditId, explained.Shard, explained.LeaseId, explained.RunId).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Done).SetProperty(row => row.RunId, explained.RunId).SetProperty(row => row.ItemsDone, row => row.Items).SetProperty(row => row.ItemsFailed, explained.ItemsFailed)
                .SetProperty(row => row.StageSeconds, stages).SetProperty(row => row.Error, (string?)null),
            cancellationToken);
        if (won == 0)
        {
            return; // Another run was counted, or the audit has ended.
        }

        await using var file = await blobs.OpenReadAsync(ArtifactAddresses.Items(explained.AuditId, explained.Shard, explained.RunId), cancellationToken);
        await dialect.WriteItemsAsync(db, explained.AuditId, explained.Shard, ItemsParquet.ReadAsync(file, cancellationToken), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task Consume(ConsumeContext<ShardFailed> context)
    {
        var failed = context.Message;
        var cancellationToken = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var shard = await Held(db, failed.AuditId, failed.Shard, failed.LeaseId, failed.RunId).SingleOrDefaultAsync(cancellationToken);
        if (shard is null)
        {
            return;
        }

        var again = failed.Transient && shard.Attempt < MostAttempts;
        shard.State = again ? ShardState.Pending : ShardState.Failed;
        shard.NotBefore = clock.GetUtcNow().UtcDateTime + (BackOff * shard.Attempt);
        shard.Error = failed.Error;
        await db.SaveChangesAsync(cancellationToken);
    }

    private static IQueryable<ShardRow> Leased(AuditDb db, Guid auditId, int number, Guid lease) => db.Shards.Where(shard =>
        shard.AuditId == auditId && shard.Number == number && shard.LeaseId == lease && (shard.State == ShardState.Dispatched || shard.State == ShardState.Running));

    /// <summary>The shard, if this run holds its lease: it was the latest to begin, or its beginning has not been heard of yet.</summary>
    private static IQueryable<ShardRow> Held(AuditDb db, Guid auditId, int number, Guid lease, Guid run) =>
        Leased(db, auditId, number, lease).Where(shard => shard.RunId == run || shard.State == ShardState.Dispatched);
}
