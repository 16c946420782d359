using System.Collections.Concurrent;
using BatchXai.Contracts.Shards;
using MassTransit;

namespace BatchXai.Coordinator.Tests;

/// <summary>The shards that a coordinator has sent to workers.</summary>
internal sealed class SentMessages : IConsumer<ExplainShard>
{
    public ConcurrentQueue<ExplainShard> Shards { get; } = [];

    public Task Consume(ConsumeContext<ExplainShard> context)
    {
        Shards.Enqueue(context.Message);
        return Task.CompletedTask;
    }
}
