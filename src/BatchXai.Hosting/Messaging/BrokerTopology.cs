using RabbitMQ.Client;

namespace BatchXai.Hosting.Messaging;

/// <summary>
/// The queues at the broker. Whoever connects declares all of them before anything is sent, and always the same: a message to an exchange that
/// has no queue yet would be lost, whether coordinator or worker starts first.
/// </summary>
internal static class BrokerTopology
{
    /// <summary>Deliveries after the first, until a message is dead: a message whose consumers die must not go round for ever.</summary>
    public const int DeliveryLimit = 5;

    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };

    /// <summary>Arguments of a work queue. The limit is named: brokers before 4.0 have none by themselves.</summary>
    public static IReadOnlyDictionary<string, object?> WorkArguments { get; } =
        new Dictionary<string, object?>(Quorum) { ["x-delivery-limit"] = DeliveryLimit, ["x-dead-letter-exchange"] = Queues.Dead };

    /// <summary>Declares every queue, each with the exchange of its name; the dead-letter queue first.</summary>
    public static async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await DeclareAsync(Queues.Dead, Quorum);
        foreach (var queue in Queues.Work)
        {
            await DeclareAsync(queue, WorkArguments);
        }

        async Task DeclareAsync(string name, IReadOnlyDictionary<string, object?> arguments)
        {
            await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments.ToDictionary(), cancellationToken: cancellationToken);
            await channel.QueueBindAsync(name, name, "", cancellationToken: cancellationToken);
        }
    }
}
