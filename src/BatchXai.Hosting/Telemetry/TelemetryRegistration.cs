using MassTransit.Logging;
using MassTransit.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BatchXai.Hosting.Telemetry;

/// <summary>Traces, metrics and logs of a server process. What is measured: README.md of this project.</summary>
public static class TelemetryRegistration
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Adds metrics for <see cref="MapMetrics"/>, and, where OTEL_EXPORTER_OTLP_ENDPOINT names a collector, sends traces, metrics and logs
    /// there. <paramref name="tracing"/> adds sources that only the caller knows.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, string serviceName, Action<TracerProviderBuilder>? tracing = null)
    {
        services.AddPlainLogging(configuration);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? serviceName, serviceVersion: Version))
            .WithMetrics(metrics => metrics
                .AddMeter("BatchXai.*", InstrumentationOptions.MeterName)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (string.IsNullOrWhiteSpace(configuration[Endpoint]))
        {
            return services; // Spans that nobody collects are not made.
        }

        telemetry
            .WithTracing(traces =>
            {
                traces
                    .SetSampler(new ParentBasedSampler(new EntrySampler()))
                    .AddSource(AuditTrace.SourceName, DiagnosticHeaders.DefaultListenerName)
                    .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics"));
                tracing?.Invoke(traces);
            })
            .UseOtlpExporter();
        return services;
    }

    /// <summary>Serves all metrics in Prometheus' text format.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints) => endpoints.MapPrometheusScrapingEndpoint("/metrics");

    private static string Version => typeof(TelemetryRegistration).Assembly.GetName().Version!.ToString(3);
}
