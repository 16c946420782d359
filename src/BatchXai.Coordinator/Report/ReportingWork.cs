using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Own;
using BatchXai.Hosting.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Report;

/// <summary>Writes the reports of audits whose last shard has ended.</summary>
internal sealed class ReportingWork(IDbContextFactory<AuditDb> databases, AuditReporter reporter, AuditSignal signal, TimeProvider clock, ILogger<ReportingWork> logger)
    : OwnedWork(databases, signal, clock, logger)
{
    protected override IQueryable<AuditRow> Waiting(AuditDb db) => db.Audits.Where(audit => audit.State == AuditState.Reporting);

    protected override async Task WorkAsync(AuditDb db, AuditClaim claim, AuditRow audit, CancellationToken cancellationToken)
    {
        using var step = AuditTrace.Start("report", audit.Id, audit.TraceParent);
        await reporter.WriteAsync(db, audit, cancellationToken);
        await AuditEnd.MoveAsync(claim.In(db), AuditState.Done, null, Clock, cancellationToken);
    }

    protected override string? Lasting(Exception failure, bool isLast) => failure is UserErrorException ? failure.Message
        : isLast ? $"the report could not be written: {failure.Message} What was explained is kept; retry the audit to write the report again." : null;
}
