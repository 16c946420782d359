using System.Collections.Concurrent;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Hosting.Tests.Messaging;

/// <summary>One process at the broker, as our programs are; what it logs and what it consumes can be looked at.</summary>
internal sealed class BusProcess : IAsyncDisposable
{
    private readonly IHost host;

    private BusProcess(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public IBus Bus => Services.GetRequiredService<IBus>();

    public BusPresence Presence => Services.GetRequiredService<BusPresence>();

    public IQueueDepth Depth => Services.GetRequiredService<IQueueDepth>();

    public Taken Taken => Services.GetRequiredService<Taken>();

    public static Task<BusProcess> StartAsync(Uri broker, bool consumes, CancellationToken ct) =>
        StartAsync(services => services.AddRabbitBus(BrokerOptions.Parse(broker.OriginalString), Consumers(consumes)), ct);

    public static Task<BusProcess> StartInMemoryAsync(CancellationToken ct) => StartAsync(services => services.AddInMemoryBus(Consumers(true)), ct);

    private static async Task<BusProcess> StartAsync(Action<IServiceCollection> addBus, CancellationToken ct)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var taken = new Taken();
        builder.Services.AddSingleton(taken).AddSingleton<ILoggerProvider>(taken);
        builder.Logging.AddFilter("MassTransit", LogLevel.None);
        addBus(builder.Services);
        var process = new BusProcess(builder.Build());
        await process.host.StartAsync(ct);
        return process;
    }

    public Task SendAsync(int shard, CancellationToken ct) => Bus.SendToAsync(Queues.Shards, new ExplainShard(Guid.Empty, shard, Guid.NewGuid()), ct);

    /// <summary>Waits until something is so, as long as the test may last.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken ct)
    {
        while (!await condition())
        {
            await Task.Delay(50, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    private static Action<IBusRegistrationConfigurator> Consumers(bool consumes) => bus =>
    {
        if (consumes)
        {
            bus.AddQueueConsumer<Taker>(Queues.Shards, 2);
        }
    };

    private sealed class Taker(Taken taken) : IConsumer<ExplainShard>
    {
        public Task Consume(ConsumeContext<ExplainShard> context)
        {
            taken.Shards.Enqueue(context.Message.Shard);
            return context.Message.Shard < 0 ? throw new InvalidOperationException("a consumer that throws") : Task.CompletedTask;
        }
    }
}

/// <summary>What a process consumed and said.</summary>
internal sealed class Taken : ILoggerProvider, ILogger
{
    public ConcurrentQueue<int> Shards { get; } = [];

    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}{exception?.Message}");

    public void Dispose()
    {
    }
}
