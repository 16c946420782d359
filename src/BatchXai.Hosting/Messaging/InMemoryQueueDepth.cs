namespace BatchXai.Hosting.Messaging;

/// <summary>The bus inside this process does not tell.</summary>
internal sealed class InMemoryQueueDepth : IQueueDepth
{
    public Task<long?> ReadyAsync(string queue, CancellationToken cancellationToken) => Task.FromResult<long?>(null);
}
