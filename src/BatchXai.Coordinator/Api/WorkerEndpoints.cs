using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Api;

/// <summary>The workers that have been heard of.</summary>
internal static class WorkerEndpoints
{
    /// <summary>A worker is heard of every five seconds.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static void MapWorkers(this IEndpointRouteBuilder api) =>
        api.MapGet("", ListAsync).Produces<IReadOnlyList<WorkerView>>().WithSummary("Lists the workers, by name.");

    private static async Task<IResult> ListAsync(IDbContextFactory<AuditDb> databases, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return TypedResults.Ok(await ReadAsync(db, clock.GetUtcNow().UtcDateTime, cancellationToken));
    }

    /// <summary>The workers, by name.</summary>
    public static async Task<IReadOnlyList<WorkerView>> ReadAsync(AuditDb db, DateTime now, CancellationToken cancellationToken)
    {
        var heard = now - Silence;
        var workers = await db.Workers.AsNoTracking().OrderBy(worker => worker.Name).ToListAsync(cancellationToken);
        return [.. workers.Select(worker => new WorkerView(worker.Name, worker.Slots, worker.Device, worker.Version, worker.SeenAt, worker.SeenAt >= heard))];
    }
}
