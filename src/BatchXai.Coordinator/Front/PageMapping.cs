using BatchXai.Coordinator.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Front;

/// <summary>Marks an endpoint whose answers are pages: its refusals are pages too, and empty parameters, as forms send them, are absent.</summary>
internal sealed record PageMark
{
    private PageMark()
    {
    }

    public static PageMark Instance { get; } = new();
}

/// <summary>How pages are mapped and answered.</summary>
internal static class PageMapping
{
    /// <summary>A group for pages: not in the API's description, with the headers of pages.</summary>
    public static RouteGroupBuilder MapPages(this IEndpointRouteBuilder app) => app.MapGroup("").WithMetadata(PageMark.Instance).ExcludeFromDescription()
        .AddEndpointFilter(async (context, next) =>
        {
            PageHeaders.Apply(context.HttpContext.Response);
            return await next(context);
        });

    /// <summary>Declares the parameters that stand behind the question mark of a page's address; any other is refused.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder page, params string[] names) => page.WithMetadata(new QueryNames(names));

    /// <summary>A page as an answer.</summary>
    /// <param name="parameters">The component's parameters by name.</param>
    /// <param name="status">HTTP status code.</param>
    /// <typeparam name="T">The page.</typeparam>
    public static IResult Page<T>(IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where T : IComponent => new RazorComponentResult<T>(parameters) { StatusCode = status };
}
