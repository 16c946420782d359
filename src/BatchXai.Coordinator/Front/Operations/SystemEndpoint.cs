using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Clusters;
using BatchXai.Coordinator.Front.Pages;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Hosting.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Front.Operations;

/// <summary>The page of workers, queues and failures.</summary>
internal static class SystemEndpoint
{
    public static void MapSystemPage(this IEndpointRouteBuilder pages) => pages.MapGet(PageAddress.System, ShowAsync).Takes();

    private static async Task<IResult> ShowAsync(HttpContext context, IAuditPlaces places, TimeProvider clock, CancellationToken cancellationToken)
    {
        _ = Query.Read(context.Request, _ => true);
        var seen = await places.LookAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        List<SystemFacts> facts = [];
        foreach (var place in seen.Places)
        {
            facts.Add(await SystemFacts.OfAsync(place, Visitor.Only(context), now, cancellationToken));
        }

        return PageMapping.Page<SystemPage>(new Dictionary<string, object?>
        {
            [nameof(SystemPage.Facts)] = facts,
            [nameof(SystemPage.Troubles)] = seen.Troubles,
            [nameof(SystemPage.Queues)] = await QueuesAsync(context.RequestServices.GetService<IQueueDepth>(), cancellationToken),
            [nameof(SystemPage.Detector)] = await ReviewsSeen.EverywhereAsync(context, places, cancellationToken),
            [nameof(SystemPage.Now)] = now,
        });
    }

    /// <summary>Queue → messages that wait; what is unknown is left out.</summary>
    private static async Task<IReadOnlyDictionary<string, long>> QueuesAsync(IQueueDepth? queues, CancellationToken cancellationToken)
    {
        var depths = new Dictionary<string, long>();
        foreach (var queue in queues is null ? [] : Queues.Work.Append(Queues.Dead))
        {
            if (await queues!.ReadyAsync(queue, cancellationToken) is { } depth)
            {
                depths[queue] = depth;
            }
        }

        return depths;
    }
}
