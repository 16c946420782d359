using BatchXai.Contracts.Shards;
using BatchXai.Worker.Runs;
using MassTransit;

namespace BatchXai.Worker;

/// <summary>
/// One message is one shard. The message waits for its run; when the broker goes away, the consumer leaves at once, so that the bus can come back, and the
/// run goes on without it.
/// </summary>
internal sealed class ExplainShardConsumer(ShardRuns runs) : IConsumer<ExplainShard>
{
    public Task Consume(ConsumeContext<ExplainShard> context) =>
        runs.RunAsync(context.Message, context.ReceiveContext.Redelivered).WaitAsync(context.CancellationToken);
}
