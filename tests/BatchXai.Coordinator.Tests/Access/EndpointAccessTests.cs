using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static BatchXai.Coordinator.Tests.Access.EndpointWalk;

namespace BatchXai.Coordinator.Tests.Access;

/// <summary>Every address of the real server, those of later too: what it refuses is read from its own table of routes.</summary>
public sealed class EndpointAccessTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static readonly string[] ForAnybody = ["/health/live", "/health/ready", "/openapi/{documentName}.json", "/sign-in", "/sign-in", "/sign-out"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_but_health_the_description_and_the_way_in_is_for_anybody()
    {
        await using var server = await StartAsync();
        // Styles, scripts and the icon are the same for everybody, and the way in needs them.
        var paths = server.Endpoints.Where(IsForAnybody).Select(endpoint => endpoint.RoutePattern.RawText!).Where(path => Path.GetExtension(path) is not (".css" or ".js" or ".svg"));
        Assert.Equal(ForAnybody, paths.Order(StringComparer.Ordinal));
        Assert.All(await AnswersAsync(server, server.Endpoints.Where(IsForAnybody), Guid.NewGuid(), (string?)null), answer => Assert.DoesNotContain(answer.Status, Refusals));
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

    private static Task<ApiServer> StartAsync() => ApiServer.StartAsync($"--Access:AdminKey={Admin}");
}
