using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Front;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

/// <summary>What an endpoint has answered.</summary>
internal sealed record EndpointAnswer(string Method, string Path, HttpStatusCode Status, string? Problem);

/// <summary>Asks the endpoints of a server, as they stand in its own table of routes.</summary>
internal static partial class EndpointWalk
{
    private static readonly string[] ForAdministrators = ["/api/keys", "/api/access-log", "/keys", "/access-log"];

    public static HttpStatusCode[] Refusals => [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static bool IsForAnybody(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    public static bool IsAudit(RoutePatternParameterPart parameter) => parameter.ParameterPolicies.Any(policy => policy.Content == "guid");

    public static List<RouteEndpoint> Closed(ApiServer server) => [.. server.Endpoints.Where(endpoint => !IsForAnybody(endpoint))];

    /// <summary>The rule, said again: who looks is a viewer, who changes a submitter, and keys are for administrators.</summary>
    public static KeyScope Needed(EndpointAnswer answer) =>
        ForAdministrators.Any(path => answer.Path.StartsWith(path, StringComparison.Ordinal)) ? KeyScope.Admin : answer.Method is "GET" or "HEAD" ? KeyScope.Viewer : KeyScope.Submitter;

    /// <summary>The address of an endpoint, with something at every place that it leaves open.</summary>
    public static string Address(RouteEndpoint endpoint, Guid audit) => Parameter().Replace(endpoint.RoutePattern.RawText!, match => match.Groups[1].Value switch
    {
        "id" or "other" => $"{audit}",
        "name" => "item-1.png",
        "item" => "1",
        "documentName" => "v1",
        "sha256" => new string('0', 64),
        _ => "nothing",
    });

    /// <summary>What the endpoints answer.</summary>
    /// <param name="server">The server.</param>
    /// <param name="endpoints">Its endpoints.</param>
    /// <param name="audit">The audit that their addresses name.</param>
    /// <param name="enter">Puts into a request who asks.</param>
    public static async Task<List<EndpointAnswer>> AnswersAsync(ApiServer server, IEnumerable<RouteEndpoint> endpoints, Guid audit, Action<HttpRequestMessage> enter)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Client.BaseAddress };
        List<EndpointAnswer> answers = [];
        foreach (var endpoint in endpoints)
        {
            var path = Address(endpoint, audit);
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null };
                enter(request);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
                var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html" && (int)answer.StatusCode >= 400;
                var problem = isPage ? (await ShownPage.OfAsync(answer, answer.StatusCode)).All("p").FirstOrDefault(text => text.Attribute("class")?.Value == "why plain")?.Value
                    : answer.Content.Headers.ContentType?.MediaType == Problem.ContentType && method != "HEAD" ? Assert.Single((await ApiServer.RefusedAsync(answer.StatusCode, answer)).Take(1)) : null;
                answers.Add(new(method, path, answer.StatusCode, problem));
            }
        }

        return answers;
    }

    /// <summary>The same with a key, or with none.</summary>
    public static Task<List<EndpointAnswer>> AnswersAsync(ApiServer server, IEnumerable<RouteEndpoint> endpoints, Guid audit, string? key) =>
        AnswersAsync(server, endpoints, audit, request => request.Headers.Authorization = key is null ? null : new("Bearer", key));

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
