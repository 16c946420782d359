namespace BatchXai.Coordinator.Dispatch;

/// <summary>Wakes the loops of this process: something has happened that they would else see at their next tick.</summary>
public sealed class AuditSignal
{
    /// <summary>Short against everything that a person sees, long against a shard's commit.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private TaskCompletionSource raised = New();

    /// <summary>Wakes everybody who waits.</summary>
    public void Raise()
    {
        lock (gate)
        {
            raised.TrySetResult();
            raised = New();
        }
    }

    /// <summary>Done when the signal is raised next.</summary>
    internal Task NextAsync()
    {
        lock (gate)
        {
            return raised.Task;
        }
    }

    /// <summary>Waits for the signal, but not longer than a tick; then a moment more, because what happens often happens together, and one step serves it all.</summary>
    internal static async Task RestAsync(Task next, TimeSpan tick, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!next.IsCompleted)
        {
            await Task.WhenAny(next, Task.Delay(tick, clock, cancellationToken));
        }

        await Task.Delay(Moment, clock, cancellationToken);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
