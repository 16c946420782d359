using System.Threading.Channels;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using MassTransit;

namespace BatchXai.Worker.Tests.Runs;

/// <summary>What a coordinator hears from workers.</summary>
internal sealed class Listener
{
    private readonly Channel<object> told = Channel.CreateUnbounded<object>();

    public static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddQueueConsumer<Events>(Queues.Events, 1);
        bus.AddQueueConsumer<Plans>(Queues.Plans, 1);
    }

    /// <summary>The next thing told of this kind; heartbeats and presence are passed over.</summary>
    public async Task<T> HearAsync<T>(CancellationToken ct)
    {
        while (true)
        {
            var message = await told.Reader.ReadAsync(ct);
            if (message is T wanted)
            {
                return wanted;
            }

            if (message is not (ShardProgressed or WorkerSeen))
            {
                throw new Xunit.Sdk.XunitException($"expected {typeof(T).Name}, heard {message}");
            }
        }
    }

    /// <summary>What has been told and not been heard, heartbeats and presence aside.</summary>
    public IReadOnlyList<object> Unheard()
    {
        var messages = new List<object>();
        while (told.Reader.TryRead(out var message))
        {
            if (message is not (ShardProgressed or WorkerSeen))
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private sealed class Events(Listener listener)
        : IConsumer<ShardStarted>, IConsumer<ShardProgressed>, IConsumer<ShardExplained>, IConsumer<ShardFailed>, IConsumer<ShardReturned>, IConsumer<WorkerSeen>
    {
        public Task Consume(ConsumeContext<ShardStarted> context) => Add(context.Message);

        public Task Consume(ConsumeContext<ShardProgressed> context) => Add(context.Message);

        public Task Consume(ConsumeContext<ShardExplained> context) => Add(context.Message);

        public Task Consume(ConsumeContext<ShardFailed> context) => Add(context.Message);

        public Task Consume(ConsumeContext<ShardReturned> context) => Add(context.Message);

        public Task Consume(ConsumeContext<WorkerSeen> context) => Add(context.Message);

        private Task Add(object message) => listener.told.Writer.WriteAsync(message).AsTask();
    }

    private sealed class Plans(Listener listener) : IConsumer<ModelInspected>
    {
        public Task Consume(ConsumeContext<ModelInspected> context) => listener.told.Writer.WriteAsync(context.Message).AsTask();
    }
}
