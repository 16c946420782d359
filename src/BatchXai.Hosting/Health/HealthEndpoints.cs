using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BatchXai.Hosting.Health;

/// <summary>
/// <c>/health/live</c>: the process answers; nothing else is asked, or a restart of the broker would restart every worker.
/// <c>/health/ready</c>: database, broker and blobs answer, each with its reason where it does not.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Maps both addresses, for anybody; 200 where all is well, 503 otherwise.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new()
        {
            Predicate = check => check.Tags.Contains(HealthRegistration.Ready),
            ResponseWriter = WriteAsync,
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthBody(Word(report.Status), [.. report.Entries.Select(entry => new HealthLine(entry.Key, Word(entry.Value.Status), Reason(entry.Value))).OrderBy(line => line.Name, StringComparer.Ordinal)]),
        context.RequestAborted);

    private static string Word(HealthStatus status) => status == HealthStatus.Healthy ? "ready" : "not ready";

    private static string? Reason(HealthReportEntry entry) => entry.Status == HealthStatus.Healthy ? null : entry.Description ?? entry.Exception?.Message;

    private sealed record HealthBody(string Status, IReadOnlyList<HealthLine> Checks);

    private sealed record HealthLine(string Name, string Status, string? Reason);
}
