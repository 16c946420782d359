namespace BatchXai.Coordinator.Dispatch;

/// <summary>Whether the dispatcher gets anywhere. A full disk stops every step; whoever waits for an audit must hear of it.</summary>
public sealed class DispatchHealth
{
    private const int StepsUntilStuck = 25;
    private int failures;
    private Exception? last;

    /// <summary>Throws the dispatcher's last error when its steps have failed for seconds on end.</summary>
    public void ThrowIfStuck()
    {
        if (Volatile.Read(ref failures) >= StepsUntilStuck && last is { } cause)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
        }
    }

    internal void Worked() => Volatile.Write(ref failures, 0);

    internal void Failed(Exception cause)
    {
        last = cause;
        Interlocked.Increment(ref failures);
    }
}
