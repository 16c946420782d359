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
internal sealed class ShardEventsConsumer(IDbContextFactory<AuditDb> databases, IBlobStore blobs, TimeProvider clock)
    : IConsumer<ShardStarted>, IConsumer<ShardProgressed>, IConsumer<ShardExplained>, IConsumer<ShardFailed>
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(2);

    public async Task Consume(ConsumeContext<ShardStarted> context)
    {
        var (auditId, number, runId, worker) = context.Message;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await Open(db, auditId, number, runId).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Running).SetProperty(row => row.Worker, worker).SetProperty(row => row.HeartbeatAt, now)
                .SetProperty(row => row.ItemsDone, 0).SetProperty(row => row.ItemsFailed, 0),
            context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<ShardProgressed> context)
    {
        var (auditId, number, runId, done, failed) = context.Message;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await Open(db, auditId, number, runId).ExecuteUpdateAsync(
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
        var won = await Open(db, explained.AuditId, explained.Shard, explained.RunId).ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Done).SetProperty(row => row.ItemsDone, row => row.Items).SetProperty(row => row.ItemsFailed, explained.ItemsFailed)
                .SetProperty(row => row.StageSeconds, stages).SetProperty(row => row.Error, (string?)null),
            cancellationToken);
        if (won == 0)
        {
            return; // Another run was counted, or the audit has ended.
        }

        await using var file = await blobs.OpenReadAsync(ArtifactAddresses.Items(explained.AuditId, explained.Shard, explained.RunId), cancellationToken);
        int row = 0;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await foreach (var result in ItemsParquet.ReadAsync(file, cancellationToken))
        {
            db.Items.Add(new ItemRow { AuditId = explained.AuditId, Shard = explained.Shard, Row = row++, Result = result });
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task Consume(ConsumeContext<ShardFailed> context)
    {
        var failed = context.Message;
        var cancellationToken = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var shard = await Open(db, failed.AuditId, failed.Shard, failed.RunId).SingleOrDefaultAsync(cancellationToken);
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

    private static IQueryable<ShardRow> Open(AuditDb db, Guid auditId, int number, Guid runId) => db.Shards.Where(shard =>
        shard.AuditId == auditId && shard.Number == number && shard.RunId == runId && (shard.State == ShardState.Dispatched || shard.State == ShardState.Running));
}
