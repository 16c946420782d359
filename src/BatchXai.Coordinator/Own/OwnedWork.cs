using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Hosting.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Own;

/// <summary>
/// Long work on one audit at a time, done by whichever coordinator owns the audit's row. Owning is renewed while it lasts; when a coordinator dies, another
/// takes the audit and does the work from its beginning.
/// </summary>
internal abstract partial class OwnedWork(IDbContextFactory<AuditDb> databases, AuditSignal signal, TimeProvider clock, ILogger logger) : BackgroundService
{
    private const int MostTries = 5;
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<Guid, int> tries = [];

    /// <summary>Says when something was done.</summary>
    protected TimeProvider Clock => clock;

    /// <summary>The audits that wait for this work.</summary>
    protected abstract IQueryable<AuditRow> Waiting(AuditDb db);

    /// <summary>Does the work and moves the audit on. What it throws is tried again, later and later, and ends the audit at last.</summary>
    protected abstract Task WorkAsync(AuditDb db, AuditClaim claim, AuditRow audit, CancellationToken cancellationToken);

    /// <summary>Why the audit ends. Null: the work is worth another try.</summary>
    /// <param name="failure">What the work threw.</param>
    /// <param name="isLast">There is no other try.</param>
    protected abstract string? Lasting(Exception failure, bool isLast);

    /// <summary>Takes one audit and does its work. False: none is waiting.</summary>
    internal async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await TakeAsync(db, cancellationToken) is not { } claim)
        {
            return false;
        }

        using var owned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(claim, owned);
        var pause = TimeSpan.Zero;
        try
        {
            if (await claim.In(db).AsNoTracking().SingleOrDefaultAsync(owned.Token) is { } audit)
            {
                await WorkAsync(db, claim, audit, owned.Token);
                tries.Remove(claim.AuditId);
            }
        }
        catch (Exception left) when (left is ClaimLostException || owned.IsCancellationRequested)
        {
            // Stopping, or the audit is another's by now.
        }
        catch (Exception failure)
        {
            db.ChangeTracker.Clear();
            pause = await FailedAsync(db, claim, failure, cancellationToken);
        }
        finally
        {
            await owned.CancelAsync();
            await renewal;
            await LetGoAsync(claim, pause);
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
                await AuditSignal.RestAsync(next, Tick, clock, stoppingToken);
            }
        }
    }

    /// <summary>Ends the audit, if it is still held, or says after how long the work is tried again.</summary>
    private async Task<TimeSpan> FailedAsync(AuditDb db, AuditClaim claim, Exception failure, CancellationToken cancellationToken)
    {
        var times = tries[claim.AuditId] = tries.GetValueOrDefault(claim.AuditId) + 1;
        if (failure is not UserErrorException)
        {
            Log.Failed(logger, failure, claim.State, claim.AuditId, times);
        }

        if (Lasting(failure, times >= MostTries) is not { } error)
        {
            return BackOff * times;
        }

        tries.Remove(claim.AuditId);
        await AuditEnd.MoveAsync(claim.In(db), AuditState.Failed, error, clock, cancellationToken);
        return TimeSpan.Zero;
    }

    private async Task<AuditClaim?> TakeAsync(AuditDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var audit in await AuditClaim.Free(Waiting(db), now).OrderBy(audit => audit.CreatedAt)
            .Select(audit => new { audit.Id, audit.State }).Take(8).ToListAsync(cancellationToken))
        {
            if (await AuditClaim.TakeAsync(db, audit.Id, audit.State, clock, cancellationToken) is { } claim)
            {
                return claim;
            }
        }

        return null;
    }

    private async Task RenewAsync(AuditClaim claim, CancellationTokenSource owned)
    {
        using var silence = AuditTrace.Silence();
        using var timer = new PeriodicTimer(Renewal, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(owned.Token))
            {
                await using var db = await databases.CreateDbContextAsync(owned.Token);
                if (!await claim.RenewAsync(db, clock, owned.Token))
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

    private async Task LetGoAsync(AuditClaim claim, TimeSpan pause)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            await claim.LetGoAsync(db, pause, clock, CancellationToken.None);
        }
        catch (Exception)
        {
            // Owned until the term ends, then anybody's.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "{State} of audit {AuditId} failed at try {Times}")]
        public static partial void Failed(ILogger logger, Exception exception, AuditState state, Guid auditId, int times);
    }
}
