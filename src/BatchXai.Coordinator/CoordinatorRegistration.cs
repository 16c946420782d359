using BatchXai.Coordinator.Compare;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Coordinator.Manage;
using BatchXai.Coordinator.Own;
using BatchXai.Coordinator.Plan;
using BatchXai.Coordinator.Reap;
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
    /// <summary>Adds the coordinator. Needs a database, the storage, a bus and a clock.</summary>
    public static IServiceCollection AddCoordinator(this IServiceCollection services, ReportPlace reports, DispatchOptions options)
    {
        services.AddCoordinatorParts(reports, options);
        if (options.IsEmbedded)
        {
            services.AddHostedService<EmbeddedRecovery>();
        }

        return services.AddHostedService<CoordinatorLoop>().AddHostedService<PlanningWork>().AddHostedService<ReportingWork>();
    }

    /// <summary>A database that restarts is back after some of these; what workers tell must not be lost to that.</summary>
    private static readonly TimeSpan[] Pauses = [.. new[] { 0, .2, 1, 3, 5, 10, 20, 30, 30, 30 }.Select(TimeSpan.FromSeconds)];

    /// <summary>Adds the coordinator's consumers to the bus.</summary>
    public static void AddCoordinatorConsumers(this IBusRegistrationConfigurator bus, DispatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        bus.AddQueueConsumer<ModelInspectedConsumer>(Queues.Plans, concurrency: 1, Pauses);
        bus.AddQueueConsumer<ShardEventsConsumer>(Queues.Events, options.Recorders, Pauses);
        bus.AddQueueConsumer<WorkerSeenConsumer>(Queues.Events, options.Recorders);
    }

    /// <summary>What the coordinator consists of, without what runs by itself.</summary>
    internal static IServiceCollection AddCoordinatorParts(this IServiceCollection services, ReportPlace reports, DispatchOptions options) => services
        .AddSingleton(reports)
        .AddSingleton(options)
        .AddSingleton<AuditSignal>()
        .AddSingleton<DispatchHealth>()
        .AddSingleton<AuditSubmission>()
        .AddSingleton<AuditCancellation>()
        .AddSingleton<AuditRetry>()
        .AddSingleton<AuditDeletion>()
        .AddSingleton<InspectionDesk>()
        .AddSingleton<AuditPlanner>()
        .AddSingleton<ShardDispatcher>()
        .AddSingleton<ShardSplit>()
        .AddSingleton<DeadItem>()
        .AddSingleton<ShardDeaths>()
        .AddSingleton<Hearing>()
        .AddSingleton<LostMessages>()
        .AddSingleton<ShardReaper>()
        .AddSingleton<ShardRecorder>()
        .AddSingleton<AuditReporter>()
        .AddSingleton<AuditComparer>();
}
