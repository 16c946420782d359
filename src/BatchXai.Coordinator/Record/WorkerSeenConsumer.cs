using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Record;

/// <summary>Keeps the list of workers. One that has not been heard of for a day is forgotten.</summary>
internal sealed class WorkerSeenConsumer(IDbContextFactory<AuditDb> databases, TimeProvider clock) : IConsumer<WorkerSeen>
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    public async Task Consume(ConsumeContext<WorkerSeen> context)
    {
        var (name, slots, device, version) = context.Message;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var known = await db.Workers.Where(worker => worker.Name == name).ExecuteUpdateAsync(
            worker => worker.SetProperty(row => row.SeenAt, now).SetProperty(row => row.Slots, slots).SetProperty(row => row.Device, device).SetProperty(row => row.Version, version),
            context.CancellationToken);
        if (known > 0)
        {
            return;
        }

        var forgotten = now - Memory;
        await db.Workers.Where(worker => worker.SeenAt < forgotten).ExecuteDeleteAsync(context.CancellationToken);
        // Several coordinators may hear of it at once: one is first, and the next sign of life finds the row.
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO workers (name, slots, device, version, seen_at) VALUES ({name}, {slots}, {device}, {version}, {now}) ON CONFLICT (name) DO NOTHING", context.CancellationToken);
    }
}
