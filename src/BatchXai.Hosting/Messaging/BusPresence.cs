using MassTransit;

namespace BatchXai.Hosting.Messaging;

/// <summary>Whether this process hears the broker. Silence of others means nothing while it does not.</summary>
public sealed class BusPresence(TimeProvider clock) : IReceiveEndpointObserver
{
    private readonly Lock gate = new();
    private readonly Dictionary<Uri, DateTimeOffset?> endpoints = [];

    /// <summary>Since when every queue that this process consumes is heard; null: one of them is not.</summary>
    public DateTimeOffset? ConnectedSince
    {
        get
        {
            lock (gate)
            {
                return endpoints.Count == 0 || endpoints.ContainsValue(null) ? null : endpoints.Values.Max();
            }
        }
    }

    Task IReceiveEndpointObserver.Ready(ReceiveEndpointReady ready) => Set(ready.InputAddress, clock.GetUtcNow());

    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping) => Set(stopping.InputAddress, null);

    Task IReceiveEndpointObserver.Completed(ReceiveEndpointCompleted completed) => Set(completed.InputAddress, null);

    Task IReceiveEndpointObserver.Faulted(ReceiveEndpointFaulted faulted) => Set(faulted.InputAddress, null);

    private Task Set(Uri endpoint, DateTimeOffset? since)
    {
        lock (gate)
        {
            endpoints[endpoint] = since;
        }

        return Task.CompletedTask;
    }
}
