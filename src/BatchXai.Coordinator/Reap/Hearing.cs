using BatchXai.Coordinator.Dispatch;
using BatchXai.Hosting.Messaging;

namespace BatchXai.Coordinator.Reap;

/// <summary>Since when this coordinator hears its workers: whoever could not be heard was not silent.</summary>
internal sealed class Hearing(BusPresence broker, IQueueDepth queues, DispatchHealth health, TimeProvider clock)
{
    /// <summary>Events that wait to be recorded; behind more of them, what was told in time is heard too late.</summary>
    private const int Backlog = 500;

    /// <summary>A look that comes so late means that this process stood still.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(5);

    private DateTime since;
    private long lastLook;

    /// <summary>Looks, every second or so. UTC; null: something is missing now.</summary>
    public async Task<DateTime?> SinceAsync(CancellationToken cancellationToken)
    {
        if (broker.ConnectedSince is not { } connected || health.WorkingSince is not { } working)
        {
            return null;
        }

        var isLate = lastLook == 0 || clock.GetElapsedTime(lastLook) > Gap;
        lastLook = clock.GetTimestamp();
        if (isLate || await queues.ReadyAsync(Queues.Events, cancellationToken) > Backlog)
        {
            since = clock.GetUtcNow().UtcDateTime;
        }

        var both = (connected > working ? connected : working).UtcDateTime;
        return both > since ? both : since;
    }
}
