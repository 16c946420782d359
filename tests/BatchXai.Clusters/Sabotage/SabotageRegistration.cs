using BatchXai.Storage.Blobs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Clusters.Sabotage;

public static class SabotageRegistration
{
    /// <summary>Puts what goes wrong around the services of a program; the program itself knows nothing of it.</summary>
    public static void Sabotage(this IHostApplicationBuilder builder, SabotagePlan plan)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(plan);
        var services = builder.Services.AddSingleton(plan);
        if (plan.Kill is not null)
        {
            services.AddSendObserver<KillPoints>().AddConsumeObserver<KillPoints>();
        }

        if (plan.Copies > 1)
        {
            services.AddSendObserver<CopiedShards>();
        }

        if (plan.Pace > 0 || plan.Abort is not null || plan.Hang is not null)
        {
            var store = services.Last(service => service.ServiceType == typeof(IBlobStore));
            services.Remove(store);
            services.AddSingleton<IBlobStore>(provider => new SabotagedManifests((IBlobStore)Make(provider, store), plan));
        }
    }

    private static object Make(IServiceProvider provider, ServiceDescriptor service) =>
        service.ImplementationInstance ?? service.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!);
}
