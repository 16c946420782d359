using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Coordinator.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Plan;

/// <summary>A worker has looked at the model: plan the audit, or end it with everything that is wrong.</summary>
internal sealed partial class ModelInspectedConsumer(IDbContextFactory<AuditDb> databases, AuditPlanner planner, TimeProvider clock, ILogger<ModelInspectedConsumer> logger)
    : IConsumer<ModelInspected>
{
    public async Task Consume(ConsumeContext<ModelInspected> context)
    {
        var (key, model, problems) = context.Message;
        var cancellationToken = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var audit = await db.Audits.SingleOrDefaultAsync(row => row.InspectionKey == key && row.State == AuditState.Planning, cancellationToken);
        if (audit is null)
        {
            return; // A second answer, or the audit was cancelled meanwhile.
        }

        try
        {
            audit.Items = model is null ? throw new UserErrorException(problems) : await planner.PlanAsync(db, audit, model, cancellationToken);
            audit.State = AuditState.Running;
        }
        catch (UserErrorException bad)
        {
            (audit.State, audit.Error, audit.EndedAt) = (AuditState.Failed, bad.Message, clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.PlanningFailed(logger, failure, audit.Id);
            (audit.State, audit.Error, audit.EndedAt) = (AuditState.Failed, $"planning failed: {failure.Message}", clock.GetUtcNow().UtcDateTime);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "Planning of audit {AuditId} failed")]
        public static partial void PlanningFailed(ILogger logger, Exception exception, Guid auditId);
    }
}
