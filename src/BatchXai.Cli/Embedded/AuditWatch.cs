using System.Diagnostics;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Report;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Cli.Embedded;

/// <summary>Waits for the end of an audit and tells how far it is, from the rows alone.</summary>
internal sealed class AuditWatch(IDbContextFactory<AuditDb> databases, DispatchHealth health, AuditReporter reporter, Guid auditId, string output, IProgress<AuditProgress> progress)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    public async Task<AuditEnded> EndAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        long? doneBefore = null;
        using var timer = new PeriodicTimer(Tick);
        do
        {
            health.ThrowIfStuck();
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var audit = await db.Audits.AsNoTracking().SingleAsync(row => row.Id == auditId, cancellationToken);
            var shards = await db.Shards.Where(row => row.AuditId == auditId).GroupBy(_ => 1).Select(all => new
            {
                Done = all.Sum(row => row.State == ShardState.Done ? row.Items : row.State == ShardState.Running ? row.ItemsDone : 0),
                Failed = all.Sum(row => row.State == ShardState.Done || row.State == ShardState.Running ? row.ItemsFailed : 0),
            }).SingleOrDefaultAsync(cancellationToken);
            var (done, failed) = ((long)(shards?.Done ?? 0), (long)(shards?.Failed ?? 0));
            if (doneBefore is null && audit.State == AuditState.Running)
            {
                doneBefore = done;
                clock.Restart(); // The rate is that of explaining, not of planning.
            }

            progress.Report(Progress(audit, done, failed, done - (doneBefore ?? done), clock.Elapsed));
            if (audit.State.IsFinal())
            {
                return new(audit.Id, audit.State, output, audit.State == AuditState.Done ? await reporter.ReadAsync(audit.Id, cancellationToken) : null, audit.Error);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
        throw new OperationCanceledException(cancellationToken);
    }

    private static AuditProgress Progress(AuditRow audit, long done, long failed, long doneNow, TimeSpan elapsed)
    {
        var rate = elapsed > TimeSpan.FromSeconds(1) ? doneNow / elapsed.TotalSeconds : 0;
        return new(audit.State, audit.Items, done, failed, rate, rate > 0 ? TimeSpan.FromSeconds((audit.Items - done) / rate) : null);
    }
}
