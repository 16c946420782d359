using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Front;
using BatchXai.Coordinator.Watch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>Progress of an audit as server-sent events. Each says all, so whoever comes again after a break has missed nothing.</summary>
internal static class WatchEndpoint
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    public static void MapWatch(this IEndpointRouteBuilder audits) =>
        audits.MapGet("/{id:guid}/events", WatchAsync).Produces<AuditView>(StatusCodes.Status200OK, "text/event-stream").Refuses(404).WithoutTimeout()
            .WithSummary("Server-sent events: 'progress' with each change, and 'end' when the audit has ended.");

    // Also for the pages. (A summary here would become that of the API's description.)
    public static async Task<IResult> WatchAsync(Guid id, HttpContext context, AuditViews views, AuditFeeds feeds, CancellationToken cancellationToken)
    {
        if (await views.StateAsync(id, cancellationToken) is null)
        {
            return Refusal.NoAudit(context, id);
        }

        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await using var entry = EntryWatch.Begin(context, cancellationToken);
        try
        {
            await WriteAsync(context.Response, feeds.WatchAsync(id, Quiet, entry.Token), entry.Token);
        }
        catch (OperationCanceledException)
        {
            // The watcher went, or may not watch any more, or the server stops: the watcher comes again.
        }

        return TypedResults.Empty;
    }

    private static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<AuditView?> views, CancellationToken cancellationToken)
    {
        await response.WriteAsync("retry: 2000\n\n", cancellationToken);
        await foreach (var view in views)
        {
            // A comment tells both sides that the other is still there.
            await response.WriteAsync(view is null ? ":\n\n" : $"event: {(view.HasEnded ? "end" : "progress")}\ndata: {JsonSerializer.Serialize(view, ApiJson.Options)}\n\n", cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }
}
