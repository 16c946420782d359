using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BatchXai.Hosting.Health;

/// <summary>Adds what <c>/health/ready</c> asks. The bus adds its own check.</summary>
public static class HealthRegistration
{
    internal const string Ready = "ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Adds a check that is passed when <paramref name="probe"/> ends without an error; its message is the reason otherwise.</summary>
    public static IServiceCollection AddReadyCheck(this IServiceCollection services, string name, Func<IServiceProvider, CancellationToken, Task> probe)
    {
        services.AddHealthChecks().Add(new(name, provider => new Probe(provider, probe), HealthStatus.Unhealthy, [Ready], Patience));
        return services;
    }

    private sealed class Probe(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> probe) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await probe(services, cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // The message only: a page for machines has no use for a stack.
                return HealthCheckResult.Unhealthy(failure.GetBaseException().Message.Split('\n')[0]);
            }
            catch (OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy($"no answer within {Patience.TotalSeconds} s");
            }
        }
    }
}
