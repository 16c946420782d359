using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Coordinator.Own;

/// <summary>
/// Long work on one audit at a time, done by whichever coordinator owns the audit's row. Owning is renewed while it lasts; when a coordinator dies, another
/// takes the audit and does the work from its beginning.
/// </summary>
internal abstract class OwnedWork(IDbContextFactory<AuditDb> databases, AuditSignal signal, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    /// <summary>This coordinator among others.</summary>
    protected static readonly string Me = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";

    /// <summary>The audits that wait for this work.</summary>
    protected abstract IQueryable<AuditRow> Waiting(AuditDb db);

    /// <summary>Does the work and moves the audit on. What it throws is told to <see cref="FailedAsync"/>.</summary>
    protected abstract Task WorkAsync(AuditDb db, AuditRow audit, CancellationToken cancellationToken);

    /// <summary>Ends the audit, or says after how long the work is tried again.</summary>
    protected abstract Task<TimeSpan?> FailedAsync(AuditDb db, AuditRow audit, Exception failure, CancellationToken cancellationToken);

    /// <summary>Takes one audit and does its work. False: none is waiting.</summary>
    internal async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await TakeAsync(db, cancellationToken) is not { } audit)
        {
            return false;
        }

        using var owned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(audit.Id, owned);
        TimeSpan? pause = TimeSpan.Zero;
        try
        {
            await WorkAsync(db, audit, owned.Token);
        }
        catch (OperationCanceledException) when (owned.IsCancellationRequested)
        {
            // Stopping, or the audit is another's by now.
        }
        catch (Exception failure)
        {
            db.ChangeTracker.Clear();
            pause = await FailedAsync(db, audit, failure, cancellationToken);
        }
        finally
        {
            await owned.CancelAsync();
            await renewal;
            await LetGoAsync(audit.Id, pause ?? TimeSpan.Zero);
        }

        signal.Raise();
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.NextAsync();
            var busy = false;
            try
            {
                busy = await StepAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The database is away. The coordinator's loop tells of it; this work waits.
                next = Task.Delay(Tick, clock, stoppingToken);
            }

            if (!busy)
            {
                await Task.WhenAny(next, Task.Delay(Tick, clock, stoppingToken));
            }
        }
    }

    private async Task<AuditRow?> TakeAsync(AuditDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var until = now + Term;
        foreach (var id in await Waiting(db).Where(audit => audit.OwnedUntil == null || audit.OwnedUntil < now).OrderBy(audit => audit.CreatedAt).Select(audit => audit.Id).Take(8).ToListAsync(cancellationToken))
        {
            var taken = await Waiting(db).Where(audit => audit.Id == id && (audit.OwnedUntil == null || audit.OwnedUntil < now))
                .ExecuteUpdateAsync(audit => audit.SetProperty(row => row.Owner, Me).SetProperty(row => row.OwnedUntil, until), cancellationToken);
            if (taken > 0)
            {
                return await db.Audits.AsNoTracking().SingleAsync(audit => audit.Id == id, cancellationToken);
            }
        }

        return null;
    }

    private async Task RenewAsync(Guid auditId, CancellationTokenSource owned)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(owned.Token))
            {
                var until = clock.GetUtcNow().UtcDateTime + Term;
                await using var db = await databases.CreateDbContextAsync(owned.Token);
                if (await Waiting(db).Where(audit => audit.Id == auditId && audit.Owner == Me).ExecuteUpdateAsync(audit => audit.SetProperty(row => row.OwnedUntil, until), owned.Token) == 0)
                {
                    await owned.CancelAsync(); // Cancelled, deleted, moved on, or another's.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }
        catch (Exception)
        {
            await owned.CancelAsync(); // What cannot be renewed may be another's soon.
        }
    }

    private async Task LetGoAsync(Guid auditId, TimeSpan pause)
    {
        try
        {
            DateTime? until = pause == TimeSpan.Zero ? null : clock.GetUtcNow().UtcDateTime + pause;
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            await db.Audits.Where(audit => audit.Id == auditId && audit.Owner == Me)
                .ExecuteUpdateAsync(audit => audit.SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.OwnedUntil, until), CancellationToken.None);
        }
        catch (Exception)
        {
            // Owned until the term ends, then anybody's.
        }
    }
}
