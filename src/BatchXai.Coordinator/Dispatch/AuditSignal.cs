namespace BatchXai.Coordinator.Dispatch;

/// <summary>Wakes the loops of this process: something has happened that they would else see at their next tick.</summary>
public sealed class AuditSignal
{
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

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
