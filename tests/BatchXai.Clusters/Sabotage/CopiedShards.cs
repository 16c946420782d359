using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Clusters.Sabotage;

/// <summary>Every message of a shard reaches the broker several times, as a publisher that missed its confirms would send it.</summary>
public sealed class CopiedShards(SabotagePlan plan, IServiceProvider services) : ISendObserver
{
    private const string Mark = "batchxai-test-copy";

    public Task PreSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public async Task PostSend<T>(SendContext<T> context)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Message is not ExplainShard shard || context.Headers.TryGetHeader(Mark, out _))
        {
            return;
        }

        var endpoint = await services.GetRequiredService<IBus>().GetSendEndpoint(Queues.AddressOf(Queues.Shards));
        for (var copy = 1; copy < plan.Copies; copy++)
        {
            await endpoint.Send(shard, sent => sent.Headers.Set(Mark, "1"), context.CancellationToken);
        }
    }

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;
}
