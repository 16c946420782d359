using MassTransit;

namespace BatchXai.Hosting.Messaging;

/// <summary>Sending to a queue by its name.</summary>
public static class QueueSending
{
    /// <summary>Sends a message to a queue; done when the broker has it for good.</summary>
    public static async Task SendToAsync<T>(this ISendEndpointProvider bus, string queue, T message, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(bus);
        var endpoint = await bus.GetSendEndpoint(Queues.AddressOf(queue));
        await endpoint.Send(message, cancellationToken);
    }
}
