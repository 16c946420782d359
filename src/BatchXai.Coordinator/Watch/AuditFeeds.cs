using System.Runtime.CompilerServices;
using BatchXai.Contracts.Api;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Watch;

/// <summary>Tells watchers of an audit whenever it moves. However many watch, the rows are asked once a second.</summary>
internal sealed partial class AuditFeeds(AuditViews views, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<AuditFeeds> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, AuditFeed> feeds = [];

    /// <summary>Where the audit stands now, and then after every change; null when nothing has changed for <paramref name="quiet"/>. Ends with the audit.</summary>
    public async IAsyncEnumerable<AuditView?> WatchAsync(Guid auditId, TimeSpan quiet, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var feed = Join(auditId);
        try
        {
            for (var seen = 0L; ;)
            {
                var now = await feed.NextAsync(seen, quiet, clock, stop.Token);
                if (now is not { } news)
                {
                    yield return null;
                    continue;
                }

                if (news.View is null)
                {
                    yield break; // Deleted.
                }

                seen = news.Version;
                yield return news.View;
                if (news.View.HasEnded)
                {
                    yield break;
                }
            }
        }
        finally
        {
            Leave(auditId, feed);
        }
    }

    private AuditFeed Join(Guid auditId)
    {
        lock (gate)
        {
            if (!feeds.TryGetValue(auditId, out var feed))
            {
                feeds[auditId] = feed = new AuditFeed();
                _ = PollAsync(auditId, feed);
            }

            feed.Watchers++;
            return feed;
        }
    }

    private void Leave(Guid auditId, AuditFeed feed)
    {
        lock (gate)
        {
            if (--feed.Watchers == 0)
            {
                Drop(auditId, feed);
                feed.Left.Cancel();
            }
        }
    }

    /// <summary>Whoever comes from now on begins anew.</summary>
    private void Drop(Guid auditId, AuditFeed feed)
    {
        lock (gate)
        {
            if (feeds.GetValueOrDefault(auditId) == feed)
            {
                feeds.Remove(auditId);
            }
        }
    }

    private async Task PollAsync(Guid auditId, AuditFeed feed)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        AuditView? view = null;
        try
        {
            do
            {
                try
                {
                    // Warnings are those of the plan: once there is one, they stay.
                    view = await views.FindAsync(auditId, view is { Items: > 0 } ? view.Warnings : null, feed.Left.Token);
                    feed.Show(view);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    Log.Blind(logger, failure, auditId);
                }
            }
            while (view is not { HasEnded: true } && await timer.WaitForNextTickAsync(feed.Left.Token));
            Drop(auditId, feed); // The audit may be taken up again.
        }
        catch (OperationCanceledException)
        {
            // Nobody watches any more.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(410, LogLevel.Warning, "It cannot be seen where audit {AuditId} stands; looking again")]
        public static partial void Blind(ILogger logger, Exception exception, Guid auditId);
    }
}
