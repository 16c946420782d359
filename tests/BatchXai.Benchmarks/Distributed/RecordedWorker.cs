using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>
/// A worker that has found out everything before: it takes the messages, writes recorded results under a run id of its own and answers. What is left is
/// the pipeline.
/// </summary>
internal sealed class RecordedWorker : IAsyncDisposable
{
    private const int Slots = 32;
    private readonly IHost host;

    private RecordedWorker(IHost host) => this.host = host;

    /// <summary>Answers questions about models, and explains no shard.</summary>
    public static Task<RecordedWorker> InspectAsync(Uri broker, CancellationToken ct) =>
        StartAsync(broker, _ => { }, bus => bus.AddQueueConsumer<Inspections>(Queues.Models, concurrency: 1), ct);

    /// <summary>Explains shards.</summary>
    public static Task<RecordedWorker> ExplainAsync(Uri broker, RecordedAudit audit, IBlobStore artifacts, CancellationToken ct) =>
        StartAsync(broker, services => services.AddSingleton(audit).AddSingleton(artifacts), bus => bus.AddQueueConsumer<Shards>(Queues.Shards, Slots), ct);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static async Task<RecordedWorker> StartAsync(Uri broker, Action<IServiceCollection> services, Action<IBusRegistrationConfigurator> consumers, CancellationToken ct)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        services(builder.Services);
        builder.Services.AddRabbitBus(BrokerOptions.Parse(broker.ToString()), consumers);
        var host = builder.Build();
        await host.StartAsync(ct);
        return new(host);
    }

    private sealed class Inspections : IConsumer<InspectModel>
    {
        public Task Consume(ConsumeContext<InspectModel> context) =>
            context.SendToAsync(Queues.Plans, new ModelInspected(context.Message.Key, RecordedAudit.Model, []), context.CancellationToken);
    }

    private sealed class Shards(RecordedAudit audit, IBlobStore artifacts) : IConsumer<ExplainShard>
    {
        private const string Name = "recorded";

        public async Task Consume(ConsumeContext<ExplainShard> context)
        {
            var (auditId, shard, lease) = (context.Message.AuditId, context.Message.Shard, context.Message.LeaseId);
            var run = Guid.NewGuid();
            await context.SendToAsync(Queues.Events, new ShardStarted(auditId, shard, lease, run, Name, context.ReceiveContext.Redelivered), context.CancellationToken);
            await using (var rows = File.OpenRead(audit.ResultsOf(shard)))
            {
                await artifacts.WriteAsync(ArtifactAddresses.Items(auditId, shard, run), rows, context.CancellationToken);
            }

            var items = audit.Request.ShardSize;
            await context.SendToAsync(Queues.Events, new ShardExplained(auditId, shard, lease, run, Name, items, 0, new Dictionary<string, double>()), context.CancellationToken);
        }
    }
}
