using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Pages;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BatchXai.Coordinator.Front;

/// <summary>Refusals in the form that the caller reads: a page for people, problem details for programs.</summary>
internal static class Refusal
{
    /// <summary>A refusal.</summary>
    public static IResult Of(HttpContext context, int status, params IReadOnlyList<string> problems) => IsForPerson(context) ? Page(context.Response, status, problems) : Problems.Of(status, problems);

    /// <summary>A refusal of a page.</summary>
    public static IResult Page(HttpResponse response, int status, params IReadOnlyList<string> problems)
    {
        PageHeaders.Apply(response);
        return new RazorComponentResult<ErrorPage>(new Dictionary<string, object?> { [nameof(ErrorPage.Status)] = status, [nameof(ErrorPage.Problems)] = problems }) { StatusCode = status };
    }

    /// <summary>There is no such audit.</summary>
    public static IResult NoAudit(HttpContext context, Guid id) => Of(context, StatusCodes.Status404NotFound, $"There is no audit {id}.");

    /// <summary>Whether a person at a browser asks for a page, and not the browser for what belongs to one.</summary>
    public static bool IsVisit(HttpContext context) => IsForPerson(context) && AcceptsPage(context.Request);

    /// <summary>Where no endpoint says what it is, the caller does: browsers ask for HTML.</summary>
    private static bool IsForPerson(HttpContext context) =>
        (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint()) is { } endpoint
            ? endpoint.Metadata.GetMetadata<PageMark>() is not null
            : !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && AcceptsPage(context.Request);

    private static bool AcceptsPage(HttpRequest request) => request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");
}
