using System.Threading.Channels;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Access;

/// <summary>
/// Who asked for what: changes and refusals, written to the database a moment after they were answered, so that nobody waits for it. What comes faster than it
/// can be written is counted in the log of the process, and not kept.
/// </summary>
internal sealed partial class AccessLog(IServiceProvider services, AccessOptions access, TimeProvider clock, ILogger<AccessLog> logger) : BackgroundService
{
    private const int Most = 10_000;
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromHours(1);

    private readonly Channel<AccessLogRow> waiting = Channel.CreateBounded<AccessLogRow>(Most);
    private int lost;
    private DateTimeOffset swept;

    /// <summary>Notes one request.</summary>
    public void Add(AccessLogRow row)
    {
        if (!waiting.Writer.TryWrite(row))
        {
            Interlocked.Increment(ref lost);
        }
    }

    /// <summary>A page of what was noted, the newest first.</summary>
    /// <param name="before">Only what is older than this entry; null: from the newest.</param>
    /// <param name="limit">Most entries of the page.</param>
    /// <param name="filter">Which entries.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<AccessLogPage> ListAsync(long? before, int limit, AccessLogFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await DatabaseAsync(cancellationToken);
        var rows = await filter.Of(db.AccessLog.AsNoTracking()).Where(row => before == null || row.Id < before).OrderByDescending(row => row.Id).Take(limit + 1)
            .Select(row => new AccessLogLine(row.Id, row.At, row.Subject, row.Credential, row.Action, row.AuditId, row.About, row.Outcome, row.Address)).ToListAsync(cancellationToken);
        return rows.Count > limit ? new(rows[..limit], rows[limit - 1].Id) : new(rows, null);
    }

    /// <summary>Writes until the server has stopped listening, and then what is left.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync();
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await TryAsync();
    }

    private async Task TryAsync()
    {
        List<AccessLogRow> rows = [];
        try
        {
            do
            {
                rows.Clear();
                while (rows.Count < Batch && waiting.Reader.TryRead(out var row))
                {
                    rows.Add(row);
                }

                await WriteAsync(rows);
            }
            while (rows.Count == Batch);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            Log.NotWritten(logger, failed, rows.Count);
        }
    }

    private async Task WriteAsync(List<AccessLogRow> rows)
    {
        var now = clock.GetUtcNow();
        var sweeps = now - swept >= BetweenSweeps;
        if (rows.Count == 0 && !sweeps)
        {
            return;
        }

        await using var db = await DatabaseAsync(CancellationToken.None);
        db.AccessLog.AddRange(rows);
        await db.SaveChangesAsync();
        if (sweeps)
        {
            var oldest = now.UtcDateTime.AddDays(-access.LogDays);
            await db.AccessLog.Where(row => row.At < oldest).ExecuteDeleteAsync();
            swept = now;
        }

        if (Interlocked.Exchange(ref lost, 0) is > 0 and var count)
        {
            Log.Lost(logger, count);
        }
    }

    private Task<AuditDb> DatabaseAsync(CancellationToken cancellationToken) => services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(420, LogLevel.Error, "{Count} entries of the access log could not be written")]
        public static partial void NotWritten(ILogger logger, Exception exception, int count);

        [LoggerMessage(421, LogLevel.Warning, "{Count} entries of the access log came faster than they could be written")]
        public static partial void Lost(ILogger logger, int count);
    }
}
