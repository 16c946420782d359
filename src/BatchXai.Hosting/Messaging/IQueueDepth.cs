namespace BatchXai.Hosting.Messaging;

/// <summary>How full queues are.</summary>
public interface IQueueDepth
{
    /// <summary>Messages of a queue that wait for a consumer; null: unknown, because the bus is inside this process or the broker cannot be asked.</summary>
    Task<long?> ReadyAsync(string queue, CancellationToken cancellationToken);
}
