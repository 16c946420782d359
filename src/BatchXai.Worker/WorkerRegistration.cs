using BatchXai.Hosting.Messaging;
using BatchXai.Worker.Explain;
using BatchXai.Worker.Inspect;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Worker;

/// <summary>What makes a process a worker.</summary>
public static class WorkerRegistration
{
    /// <summary>Adds the worker. Needs a blob store and a clock.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services) => services
        .AddSingleton<TorchThread>()
        .AddSingleton<ModelCache>()
        .AddSingleton<AuditSessions>();

    /// <summary>Adds the worker's consumers. Two shards at once, so that one is decoded while the other is in the model.</summary>
    public static void AddWorkerConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddQueueConsumer<InspectModelConsumer>(Queues.Models, concurrency: 1);
        bus.AddQueueConsumer<ExplainShardConsumer>(Queues.Shards, concurrency: 2);
    }
}
