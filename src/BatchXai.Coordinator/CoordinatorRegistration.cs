using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Plan;
using BatchXai.Coordinator.Record;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Submit;
using BatchXai.Hosting.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator;

/// <summary>What makes a process a coordinator.</summary>
public static class CoordinatorRegistration
{
    /// <summary>Adds the coordinator. Needs a database, a blob store and a clock.</summary>
    public static IServiceCollection AddCoordinator(this IServiceCollection services, ReportPlace reports) => services
        .AddSingleton(reports)
        .AddSingleton<AuditSubmission>()
        .AddSingleton<AuditPlanner>()
        .AddSingleton<DispatchHealth>()
        .AddSingleton<AuditReporter>()
        .AddHostedService<ShardDispatcher>();

    /// <summary>Adds the coordinator's consumers to the bus. One at a time: they all write to the same rows.</summary>
    public static void AddCoordinatorConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddQueueConsumer<ModelInspectedConsumer>(Queues.Plans, concurrency: 1);
        bus.AddQueueConsumer<ShardEventsConsumer>(Queues.Events, concurrency: 1);
    }
}
