using System.Net;
using System.Text.RegularExpressions;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Front;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

/// <summary>Every address of the real server, those of later too: what it refuses is read from its own table of routes.</summary>
public sealed partial class EndpointAccessTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static readonly string[] ForAnybody =
    [
        "/front.css", "/front.js", "/health/live", "/health/ready", "/icon.svg", "/openapi/{documentName}.json", "/report.css", "/sign-in", "/sign-in", "/sign-out",
    ];

    private static readonly string[] ForAdministrators = ["/api/keys", "/api/access-log", "/keys", "/access-log"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_but_health_the_description_and_the_way_in_is_for_anybody()
    {
        await using var server = await StartAsync();
        Assert.Equal(ForAnybody, server.Endpoints.Where(IsForAnybody).Select(endpoint => endpoint.RoutePattern.RawText).Order(StringComparer.Ordinal));
        Assert.All(await AnswersAsync(server, server.Endpoints.Where(IsForAnybody), Guid.NewGuid(), null), answer => Assert.DoesNotContain(answer.Status, Refusals));
    }

    [Fact]
    public async Task Every_endpoint_refuses_a_request_without_a_key_that_opens()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await ApiServer.StartAsync([.. issuer.Settings, $"--Access:AdminKey={Admin}"]);
        var audit = await server.SeedOfAsync("key:me");
        var good = await server.KeyAsync(KeyScope.Admin, "me");
        var (revoked, expired) = (await server.KeyAsync(KeyScope.Admin, "me"), await server.KeyAsync(KeyScope.Admin, "me"));
        await server.SendAsync("POST", $"/api/keys/{revoked.Key.Id}/revoke", Admin);
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        await server.ChangeAsync(db => db.ApiKeys.Where(key => key.Id == expired.Key.Id).ExecuteUpdateAsync(key => key.SetProperty(row => row.ExpiresAt, past), Ct));
        string?[] keys =
        [
            null, "", "Bearer", "bxk_", $"bxk_{good.Key.Id}_{new string('0', 64)}", $"bxk_admin_{new string('0', 64)}", good.Text[..^1], good.Text.ToUpperInvariant(), KeyText.Make().Text, "eyJhbGciOiJub25lIn0.e30.",
            revoked.Text, expired.Text, .. issuer.Forged().Select(forged => forged.Token),
        ];
        foreach (var key in keys)
        {
            var answers = await AnswersAsync(server, Closed(server), audit, key);
            Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{answer} with '{key}'"));
        }

        foreach (var key in new[] { good.Text, issuer.Token() })
        {
            Assert.All(await AnswersAsync(server, Closed(server), audit, key), answer => Assert.DoesNotContain(answer.Status, Refusals));
        }
    }

    [Fact]
    public async Task Every_endpoint_refuses_a_scope_that_is_too_small()
    {
        await using var server = await StartAsync();
        foreach (var scope in Enum.GetValues<KeyScope>())
        {
            var key = await server.KeyAsync(scope, $"{scope}");
            foreach (var endpoint in Closed(server))
            {
                // A new audit each time: one of the endpoints deletes it.
                foreach (var answer in await AnswersAsync(server, [endpoint], await server.SeedOfAsync($"key:{scope}"), key.Text))
                {
                    Assert.True(scope < Needed(answer) == (answer.Status == HttpStatusCode.Forbidden), $"{answer} as {scope}");
                    Assert.NotEqual(HttpStatusCode.Unauthorized, answer.Status);
                }
            }
        }
    }

    [Fact]
    public async Task Every_endpoint_of_an_audit_hides_anothers_and_only_administrators_see_it()
    {
        await using var server = await StartAsync();
        var (mine, anothers) = (await server.SeedOfAsync("key:me"), await server.SeedOfAsync("key:another"));
        var key = await server.KeyAsync(KeyScope.Submitter, "me");
        var ofAudits = Closed(server).Where(endpoint => endpoint.RoutePattern.Parameters.Any(IsAudit)).ToList();
        Assert.True(ofAudits.Count > 10);
        Assert.All(server.Endpoints.SelectMany(endpoint => endpoint.RoutePattern.Parameters).Where(parameter => parameter.Name is "id" or "other" or "audit"), parameter => Assert.True(IsAudit(parameter), parameter.Name));
        foreach (var audit in new[] { anothers, Guid.NewGuid() })
        {
            Assert.All(await AnswersAsync(server, ofAudits, audit, key.Text), answer => Assert.Equal((HttpStatusCode.NotFound, $"There is no audit {audit}."), (answer.Status, answer.Problem)));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync("GET", $"/api/audits/{mine}/compare/{anothers}", key.Text)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", $"/api/audits/{mine}", key.Text)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", $"/api/audits/{anothers}", Admin)).StatusCode);
    }

    [Fact]
    public async Task Address_that_is_not_there_tells_nothing_to_who_has_no_key()
    {
        await using var server = await StartAsync();
        foreach (var path in new[] { "/", "/api", "/api/audits/../keys", "/no/such/page" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", path, null)).StatusCode);
            Assert.NotEqual(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", path, Admin)).StatusCode);
        }
    }

    private static HttpStatusCode[] Refusals => [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    private static Task<ApiServer> StartAsync() => ApiServer.StartAsync($"--Access:AdminKey={Admin}");

    private static bool IsForAnybody(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static bool IsAudit(Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter) => parameter.ParameterPolicies.Any(policy => policy.Content == "guid");

    private static List<RouteEndpoint> Closed(ApiServer server) => [.. server.Endpoints.Where(endpoint => !IsForAnybody(endpoint))];

    /// <summary>The rule, said again: who looks is a viewer, who changes a submitter, and keys are for administrators.</summary>
    private static KeyScope Needed(Answer answer) =>
        ForAdministrators.Any(path => answer.Path.StartsWith(path, StringComparison.Ordinal)) ? KeyScope.Admin : answer.Method is "GET" or "HEAD" ? KeyScope.Viewer : KeyScope.Submitter;

    private static async Task<List<Answer>> AnswersAsync(ApiServer server, IEnumerable<RouteEndpoint> endpoints, Guid audit, string? key)
    {
        List<Answer> answers = [];
        foreach (var endpoint in endpoints)
        {
            var path = Parameter().Replace(endpoint.RoutePattern.RawText!, match => match.Groups[1].Value switch
            {
                "id" or "other" => $"{audit}",
                "name" => "item-1.png",
                "item" => "1",
                "documentName" => "v1",
                "sha256" => new string('0', 64),
                _ => "nothing",
            });
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var answer = await server.SendAsync(method, path, key, method == "POST" ? "{}" : null);
                var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html" && (int)answer.StatusCode >= 400;
                var problem = isPage ? (await ShownPage.OfAsync(answer, answer.StatusCode)).All("p").FirstOrDefault(text => text.Attribute("class")?.Value == "why plain")?.Value
                    : answer.Content.Headers.ContentType?.MediaType == Problem.ContentType && method != "HEAD" ? Assert.Single((await ApiServer.RefusedAsync(answer.StatusCode, answer)).Take(1)) : null;
                answers.Add(new(method, path, answer.StatusCode, problem));
            }
        }

        return answers;
    }

    private sealed record Answer(string Method, string Path, HttpStatusCode Status, string? Problem);

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
