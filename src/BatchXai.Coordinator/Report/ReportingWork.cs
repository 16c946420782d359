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
internal sealed partial class ReportingWork(IDbContextFactory<AuditDb> databases, AuditReporter reporter, AuditSignal signal, TimeProvider clock, ILogger<ReportingWork> logger)
    : OwnedWork(databases, signal, clock)
{
    private const int MostTries = 5;
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(2);
    private readonly TimeProvider clock = clock;
    private readonly Dictionary<Guid, int> tries = [];

    protected override IQueryable<AuditRow> Waiting(AuditDb db) => db.Audits.Where(audit => audit.State == AuditState.Reporting);

    protected override async Task WorkAsync(AuditDb db, AuditRow audit, CancellationToken cancellationToken)
    {
        using var step = AuditTrace.Start("report", audit.Id, audit.TraceParent);
        await reporter.WriteAsync(db, audit, cancellationToken);
        await AuditEnd.MoveAsync(db, audit.Id, AuditState.Reporting, AuditState.Done, null, clock, cancellationToken);
        tries.Remove(audit.Id);
    }

    protected override async Task<TimeSpan?> FailedAsync(AuditDb db, AuditRow audit, Exception failure, CancellationToken cancellationToken)
    {
        var times = tries[audit.Id] = tries.GetValueOrDefault(audit.Id) + 1;
        Log.ReportFailed(logger, failure, audit.Id, times);
        if (failure is not UserErrorException && times < MostTries)
        {
            return BackOff * times;
        }

        tries.Remove(audit.Id);
        var error = $"the report could not be written: {failure.Message} What was explained is kept; retry the audit to write the report again.";
        await AuditEnd.MoveAsync(db, audit.Id, AuditState.Reporting, AuditState.Failed, failure is UserErrorException ? failure.Message : error, clock, cancellationToken);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Error, "The report of audit {AuditId} failed at try {Times}")]
        public static partial void ReportFailed(ILogger logger, Exception exception, Guid auditId, int times);
    }
}
