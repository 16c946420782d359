using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BatchXai.Hosting.Messaging;

/// <summary>The one place that configures the bus.</summary>
public static class BusRegistration
{
    /// <summary>How often a connection shows that it lives; it is given up after two that did not come.</summary>
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Adds the bus over the broker that <c>Broker:Uri</c> names; <paramref name="consumers"/> adds the consumers of every role hosted here.</summary>
    /// <exception cref="Contracts.UserErrorException">The setting is missing or wrong.</exception>
    public static IServiceCollection AddBus(this IServiceCollection services, IConfiguration configuration, Action<IBusRegistrationConfigurator> consumers) =>
        services.AddRabbitBus(BrokerOptions.Read(configuration), consumers);

    /// <summary>Adds a bus over RabbitMQ. The process starts and lives without the broker; it connects as soon as it can.</summary>
    public static IServiceCollection AddRabbitBus(this IServiceCollection services, BrokerOptions broker, Action<IBusRegistrationConfigurator> consumers)
    {
        ArgumentNullException.ThrowIfNull(broker);
        services.AddSingleton(broker).AddSingleton<BrokerConnection>().AddSingleton<IQueueDepth>(provider => provider.GetRequiredService<BrokerConnection>());
        return services.AddBus(waits: false, bus =>
        {
            consumers(bus);
            bus.AddConfigureEndpointsCallback((_, endpoint) =>
            {
                if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
                {
                    foreach (var (name, value) in BrokerTopology.WorkArguments)
                    {
                        queue.SetQueueArgument(name, value);
                    }
                }
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker.Host, broker.Port, broker.VirtualHost, AppDomain.CurrentDomain.FriendlyName, host =>
                {
                    host.Username(broker.User);
                    host.Password(broker.Password);
                    host.Heartbeat(Heartbeat);
                    host.PublisherConfirmation = true;
                    host.OnRefreshConnectionFactory = _ => context.GetRequiredService<BrokerConnection>().DeclareAsync();
                    if (broker.IsTls)
                    {
                        host.UseSsl(tls => tls.ServerName = broker.Host);
                    }
                });
                // A message that no queue takes is an error, not a silence.
                rabbit.ConfigureSend(send => send.UseSendExecute(message =>
                {
                    if (message.TryGetPayload<RabbitMqSendContext>(out var sent))
                    {
                        sent.Mandatory = true;
                    }
                }));
                rabbit.ConfigureEndpoints(context);
            });
        });
    }

    /// <summary>Adds a bus inside this process.</summary>
    public static IServiceCollection AddInMemoryBus(this IServiceCollection services, Action<IBusRegistrationConfigurator> consumers) =>
        services.AddSingleton<IQueueDepth, InMemoryQueueDepth>().AddBus(waits: true, bus =>
        {
            consumers(bus);
            bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
        });

    /// <summary>Adds a consumer on a queue, with as many messages fetched ahead as run at once. Messages reach it by the queue's name alone.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="queue">Name of the queue.</param>
    /// <param name="concurrency">Messages at once.</param>
    /// <param name="pauses">A message whose consumer throws is tried again after each of these; then it is parked.</param>
    public static void AddQueueConsumer<TConsumer>(this IBusRegistrationConfigurator bus, string queue, int concurrency, params IReadOnlyList<TimeSpan> pauses)
        where TConsumer : class, IConsumer =>
        bus.AddConsumer<TConsumer>(consumer =>
        {
            if (pauses.Count > 0)
            {
                consumer.UseMessageRetry(retry => retry.Intervals([.. pauses]));
            }
        }).Endpoint(endpoint =>
        {
            endpoint.Name = queue;
            endpoint.ConcurrentMessageLimit = concurrency;
            endpoint.PrefetchCount = concurrency;
            endpoint.ConfigureConsumeTopology = false;
        });

    private static IServiceCollection AddBus(this IServiceCollection services, bool waits, Action<IBusRegistrationConfigurator> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<BusPresence>();
        return services
            .AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.ConfigureHealthCheckOptions(check => check.Name = "broker");
                bus.AddReceiveEndpointObserver(provider => provider.GetRequiredService<BusPresence>());
                bus.AddReceiveObserver<MessageTrouble>();
                configure(bus);
            })
            // In this order: consumers are asked to stop, then told, then the bus goes; the host waits longer than that.
            .Configure<MassTransitHostOptions>(options =>
            {
                options.WaitUntilStarted = waits;
                options.ConsumerStopTimeout = TimeSpan.FromSeconds(5);
                options.StopTimeout = TimeSpan.FromSeconds(20);
            });
    }
}
