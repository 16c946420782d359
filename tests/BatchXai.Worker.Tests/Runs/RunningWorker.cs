using BatchXai.Contracts.Models;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Storage;
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
    private readonly Listener listener;

    private RunningWorker(IHost host, Listener listener) => (this.host, this.listener) = (host, listener);

    public IServiceProvider Services => host.Services;

    public static Task<RunningWorker> StartAsync(TinyAudit audit, WorkerOptions options, CancellationToken ct) =>
        StartAsync(audit.Blobs, options, (services, consumers) => services.AddInMemoryBus(consumers), ct);

    public static async Task<RunningWorker> StartAsync(IBlobStore blobs, WorkerOptions options, Action<IServiceCollection, Action<IBusRegistrationConfigurator>> addBus, CancellationToken ct)
    {
        var listener = new Listener();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System).AddStorage(Path.GetTempPath()).AddSingleton(blobs).AddSingleton(listener).AddWorker(options);
        addBus(builder.Services, bus =>
        {
            bus.AddWorkerConsumers(options);
            Listener.AddConsumers(bus);
        });
        var worker = new RunningWorker(builder.Build(), listener);
        await worker.host.StartAsync(ct);
        return worker;
    }

    public Task SendAsync(ExplainShard shard, CancellationToken ct) => Services.GetRequiredService<IBus>().SendToAsync(Queues.Shards, shard, ct);

    public Task AskAsync(InspectModel question, CancellationToken ct) => Services.GetRequiredService<IBus>().SendToAsync(Queues.Models, question, ct);

    public Task<T> HearAsync<T>(CancellationToken ct) => listener.HearAsync<T>(ct);

    public IReadOnlyList<object> Unheard() => listener.Unheard();

    public Task StopAsync(CancellationToken ct) => host.StopAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
