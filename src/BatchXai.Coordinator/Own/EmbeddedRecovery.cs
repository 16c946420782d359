using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Coordinator.Own;

/// <summary>Where the workers live in the coordinator's process, nothing that was in flight before it started still runs, and nobody owns an audit. Done before anything else begins.</summary>
internal sealed class EmbeddedRecovery(IDbContextFactory<AuditDb> databases) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Shards.InFlight().ExecuteUpdateAsync(
            shard => shard.SetProperty(row => row.State, ShardState.Pending).SetProperty(row => row.Attempt, row => row.Attempt - 1)
                .SetProperty(row => row.ItemsDone, 0).SetProperty(row => row.ItemsFailed, 0),
            cancellationToken);
        await db.Audits.Where(audit => audit.OwnedUntil != null)
            .ExecuteUpdateAsync(audit => audit.SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.OwnedUntil, (DateTime?)null), cancellationToken);
        await db.Inspections.Where(inspection => inspection.AnsweredAt == null)
            .ExecuteUpdateAsync(inspection => inspection.SetProperty(row => row.AskedAt, (DateTime?)null).SetProperty(row => row.Asked, 0), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
