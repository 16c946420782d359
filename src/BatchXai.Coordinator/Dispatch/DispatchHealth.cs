using System.Runtime.ExceptionServices;

namespace BatchXai.Coordinator.Dispatch;

/// <summary>Whether the coordinator gets anywhere. A full disk stops every step; whoever waits for an audit must hear of it.</summary>
public sealed class DispatchHealth(TimeProvider clock)
{
    private const int StepsUntilStuck = 25;
    private readonly Lock gate = new();
    private int failures;
    private Exception? last;
    private DateTimeOffset? workingSince;

    /// <summary>Since when every step has worked; null: the last one failed.</summary>
    internal DateTimeOffset? WorkingSince
    {
        get
        {
            lock (gate)
            {
                return workingSince;
            }
        }
    }

    /// <summary>Throws the last error when steps have failed for seconds on end.</summary>
    public void ThrowIfStuck()
    {
        Exception? cause;
        lock (gate)
        {
            cause = failures >= StepsUntilStuck ? last : null;
        }

        if (cause is not null)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
    }

    internal void Worked()
    {
        lock (gate)
        {
            failures = 0;
            workingSince ??= clock.GetUtcNow();
        }
    }

    /// <summary>Whether that is news: in an outage every step fails alike, five times a second.</summary>
    internal bool Failed(Exception cause)
    {
        lock (gate)
        {
            var isNews = failures == 0 || cause.GetBaseException().Message != last?.GetBaseException().Message;
            (last, workingSince) = (cause, null);
            failures++;
            return isNews;
        }
    }
}
