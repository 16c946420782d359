using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Own;
using BatchXai.Hosting.Telemetry;
using BatchXai.Storage.Artifacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Plan;

/// <summary>Plans the audits whose model has been inspected, or ends them with everything that is wrong.</summary>
internal sealed class PlanningWork(IDbContextFactory<AuditDb> databases, AuditPlanner planner, AuditSignal signal, TimeProvider clock, ILogger<PlanningWork> logger)
    : OwnedWork(databases, signal, clock, logger)
{
    protected override IQueryable<AuditRow> Waiting(AuditDb db) =>
        db.Audits.Where(audit => audit.State == AuditState.Planning && db.Inspections.Any(row => row.Key == audit.InspectionKey && row.AnsweredAt != null));

    protected override async Task WorkAsync(AuditDb db, AuditClaim claim, AuditRow audit, CancellationToken cancellationToken)
    {
        using var step = AuditTrace.Start("plan", audit.Id, audit.TraceParent);
        var inspection = await db.Inspections.AsNoTracking().SingleAsync(row => row.Key == audit.InspectionKey, cancellationToken);
        if (inspection.Problems is { } problems)
        {
            throw new UserErrorException(JsonSerializer.Deserialize<List<string>>(problems)!);
        }

        var model = JsonSerializer.Deserialize<ModelDescription>(inspection.Description!, StorageJson.Options)!;
        var items = await planner.PlanAsync(db, claim, audit, model, cancellationToken);
        var now = Clock.GetUtcNow().UtcDateTime;
        await claim.In(db).ExecuteUpdateAsync(
            row => row.SetProperty(value => value.State, AuditState.Running).SetProperty(value => value.Items, items).SetProperty(value => value.PlannedAt, now),
            cancellationToken);
    }

    /// <summary>A dataset that cannot be used stays so; a store that does not answer may come back.</summary>
    protected override string? Lasting(Exception failure, bool isLast) => failure is UserErrorException ? failure.Message : isLast ? $"planning failed: {failure.Message}" : null;
}
