using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Hosting.Messaging;

/// <summary>The one place that configures the bus.</summary>
public static class BusRegistration
{
    /// <summary>Adds a bus inside this process; <paramref name="consumers"/> adds the consumers of every role hosted here.</summary>
    public static IServiceCollection AddInMemoryBus(this IServiceCollection services, Action<IBusRegistrationConfigurator> consumers) =>
        services
            .AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                consumers(bus);
                bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
            })
            .Configure<MassTransitHostOptions>(options =>
            {
                options.WaitUntilStarted = true;
                options.ConsumerStopTimeout = TimeSpan.FromSeconds(5);
                options.StopTimeout = TimeSpan.FromSeconds(20);
            });

    /// <summary>Adds a consumer on a queue, with as many messages fetched ahead as run at once.</summary>
    public static void AddQueueConsumer<TConsumer>(this IBusRegistrationConfigurator bus, string queue, int concurrency)
        where TConsumer : class, IConsumer =>
        bus.AddConsumer<TConsumer>().Endpoint(endpoint =>
        {
            endpoint.Name = queue;
            endpoint.ConcurrentMessageLimit = concurrency;
            endpoint.PrefetchCount = concurrency;
        });
}
