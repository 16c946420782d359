using System.Threading.Channels;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Storage.Blobs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Worker.Tests.Runs;

/// <summary>A worker in this process, and a coordinator that only listens.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly IHost host;
    private readonly Channel<object> told;

    private RunningWorker(IHost host, Channel<object> told) => (this.host, this.told) = (host, told);

    public IServiceProvider Services => host.Services;

    public static Task<RunningWorker> StartAsync(TinyAudit audit, WorkerOptions options, CancellationToken ct) =>
        StartAsync(audit.Blobs, options, (services, consumers) => services.AddInMemoryBus(consumers), ct);

    public static async Task<RunningWorker> StartAsync(IBlobStore blobs, WorkerOptions options, Action<IServiceCollection, Action<IBusRegistrationConfigurator>> addBus, CancellationToken ct)
    {
        var told = Channel.CreateUnbounded<object>();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(blobs).AddSingleton(told).AddWorker(options);
        addBus(builder.Services, bus =>
        {
            bus.AddWorkerConsumers(options);
            bus.AddQueueConsumer<Listener>(Queues.Events, 1);
            bus.AddQueueConsumer<PlanListener>(Queues.Plans, 1);
        });
        var worker = new RunningWorker(builder.Build(), told);
        await worker.host.StartAsync(ct);
        return worker;
    }

    public Task SendAsync(ExplainShard shard, CancellationToken ct) => Services.GetRequiredService<IBus>().SendToAsync(Queues.Shards, shard, ct);

    public Task AskAsync(InspectModel question, CancellationToken ct) => Services.GetRequiredService<IBus>().SendToAsync(Queues.Models, question, ct);

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

    public Task StopAsync(CancellationToken ct) => host.StopAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    private sealed class Listener(Channel<object> told)
        : IConsumer<ShardStarted>, IConsumer<ShardProgressed>, IConsumer<ShardExplained>, IConsumer<ShardFailed>, IConsumer<ShardReturned>, IConsumer<WorkerSeen>
    {
        public Task Consume(ConsumeContext<ShardStarted> context) => Add(context.Message);

        public Task Consume(ConsumeContext<ShardProgressed> context) => Add(context.Message);

        public Task Consume(ConsumeContext<ShardExplained> context) => Add(context.Message);

        public Task Consume(ConsumeContext<ShardFailed> context) => Add(context.Message);

        public Task Consume(ConsumeContext<ShardReturned> context) => Add(context.Message);

        public Task Consume(ConsumeContext<WorkerSeen> context) => Add(context.Message);

        private Task Add(object message) => told.Writer.WriteAsync(message).AsTask();
    }

    private sealed class PlanListener(Channel<object> told) : IConsumer<ModelInspected>
    {
        public Task Consume(ConsumeContext<ModelInspected> context) => told.Writer.WriteAsync(context.Message).AsTask();
    }
}
