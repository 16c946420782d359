using BatchXai.Contracts.Api;

namespace BatchXai.Coordinator.Watch;

/// <summary>The latest that is known of one audit, and a bell that rings when it changes.</summary>
internal sealed class AuditFeed
{
    private readonly Lock gate = new();
    private TaskCompletionSource bell = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (long Version, AuditView? View) latest;

    /// <summary>How many watch; guarded by whoever holds the feeds.</summary>
    public int Watchers { get; set; }

    /// <summary>Cancelled when nobody watches any more.</summary>
    public CancellationTokenSource Left { get; } = new();

    /// <summary>Tells what was found; null: no such audit.</summary>
    public void Show(AuditView? view)
    {
        lock (gate)
        {
            // The rate alone moves with the clock: that is no news.
            if (latest.Version > 0 && latest.View == (view is null ? null : view with { ItemsPerSecond = latest.View?.ItemsPerSecond }))
            {
                return;
            }

            latest = (latest.Version + 1, view);
            bell.SetResult();
            bell = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The first news after a version; null when there are none for a while.</summary>
    public async Task<(long Version, AuditView? View)?> NextAsync(long seen, TimeSpan quiet, TimeProvider clock, CancellationToken cancellationToken)
    {
        Task rung;
        lock (gate)
        {
            if (latest.Version > seen)
            {
                return latest;
            }

            rung = bell.Task;
        }

        try
        {
            await rung.WaitAsync(quiet, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }

        lock (gate)
        {
            return latest;
        }
    }
}
