namespace BatchXai.Worker.Runs;

/// <summary>A run's eye on its audit. <paramref name="cancelled"/> is set when the audit is cancelled or deleted.</summary>
internal sealed class AuditWatch(Action leave, CancellationToken cancelled) : IDisposable
{
    private int left;

    public CancellationToken Cancelled => cancelled;

    public bool IsCancelled => cancelled.IsCancellationRequested;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
        {
            leave();
        }
    }
}
