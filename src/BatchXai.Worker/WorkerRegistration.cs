using BatchXai.Hosting.Messaging;
using BatchXai.Worker.Explain;
using BatchXai.Worker.Inspect;
using BatchXai.Worker.Runs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Worker;

/// <summary>What makes a process a worker.</summary>
public static class WorkerRegistration
{
    /// <summary>Adds the worker. Needs the storage, a clock and a bus.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services, WorkerOptions? options = null) => services
        .AddSingleton(options ?? new())
        .AddSingleton<TorchThread>()
        .AddSingleton<WorkerDevice>()
        .AddSingleton<ModelFiles>()
        .AddSingleton<ModelCache>()
        .AddSingleton<ModelInspections>()
        .AddSingleton<AuditSessions>()
        .AddSingleton<AuditCancellations>()
        .AddSingleton<CoordinatorLine>()
        .AddSingleton(provider => new SlotGate(provider.GetRequiredService<WorkerOptions>().Slots))
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<Watchdog>(provider, (Action<string>)Environment.FailFast))
        .AddSingleton<ShardRun>()
        .AddSingleton<ShardRuns>()
        .AddHostedService<RunDrain>()
        .AddHostedService<WorkerPresence>();

    /// <summary>Adds the worker's consumers: as many shards at once as there are slots, and beside them one inspection.</summary>
    public static void AddWorkerConsumers(this IBusRegistrationConfigurator bus, WorkerOptions? options = null)
    {
        bus.AddQueueConsumer<InspectModelConsumer>(Queues.Models, concurrency: 1);
        bus.AddQueueConsumer<ExplainShardConsumer>(Queues.Shards, (options ?? new()).Slots);
    }
}
