using BatchXai.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.WebUtilities;

namespace BatchXai.Coordinator.Api;

/// <summary>Refusals, all in one shape.</summary>
internal static class Problems
{
    /// <summary>There is no such audit.</summary>
    public static IResult NoAudit(Guid id) => Of(StatusCodes.Status404NotFound, $"There is no audit {id}.");

    /// <summary>The audit is there, and what is asked for is not there yet.</summary>
    public static IResult NotYet(string problem) => Of(StatusCodes.Status409Conflict, problem);

    /// <summary>A refusal.</summary>
    public static IResult Of(int status, params IReadOnlyList<string> problems) => TypedResults.Json(Body(status, problems), contentType: Problem.ContentType, statusCode: status);

    /// <summary>Its body.</summary>
    public static Problem Body(int status, IReadOnlyList<string> problems) => new()
    {
        Title = ReasonPhrases.GetReasonPhrase(status),
        Status = status,
        Detail = string.Join('\n', problems),
        Problems = problems,
    };

    /// <summary>Names the refusals of an endpoint in the OpenAPI document.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        Array.ForEach(statuses, status => endpoint.Produces<Problem>(status, Problem.ContentType));
        return endpoint;
    }

    /// <summary>The endpoint may take as long as its answer is long.</summary>
    public static RouteHandlerBuilder WithoutTimeout(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new DisableRequestTimeoutAttribute());
}
