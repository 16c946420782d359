namespace BatchXai.Fuzz;

/// <summary>Notices a trial that does not end.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Lock gate = new();
    private readonly Timer timer;
    private readonly TimeSpan longest;
    private int trial;

    public Watchdog(TimeSpan longest, Action<int> hangs)
    {
        this.longest = longest;
        timer = new Timer(_ => hangs(Current));
    }

    private int Current
    {
        get
        {
            lock (gate)
            {
                return trial;
            }
        }
    }

    public void Dispose() => timer.Dispose();

    public void Begin(int next)
    {
        lock (gate)
        {
            trial = next;
        }

        timer.Change(longest, Timeout.InfiniteTimeSpan);
    }
}
