using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Tests.Access.Sessions;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static BatchXai.Coordinator.Tests.Access.EndpointWalk;

namespace BatchXai.Coordinator.Tests.Access;

/// <summary>Every page, those of later too, asked with the cookie of a session: what it refuses is read from the server's own table of routes.</summary>
public sealed class PageAccessTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_refuses_a_session_that_opens_nothing_any_more()
    {
        await using var server = await StartAsync();
        await using var stranger = await StartAsync();
        var audit = await server.SeedOfAsync("key:me");
        var (revoked, expired) = (await server.KeyAsync(KeyScope.Admin, "me"), await server.KeyAsync(KeyScope.Admin, "me"));
        var cookies = new List<string?> { null, "", "CfDJ8" };
        foreach (var (at, key) in new[] { (server, revoked.Text), (server, expired.Text), (stranger, Admin) })
        {
            cookies.Add(await CookieAsync(at, key));
        }

        (await server.SendAsync("POST", $"/api/keys/{revoked.Key.Id}/revoke", Admin)).Dispose();
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        await server.ChangeAsync(db => db.ApiKeys.Where(key => key.Id == expired.Key.Id).ExecuteUpdateAsync(key => key.SetProperty(row => row.ExpiresAt, past), Ct));
        var good = await CookieAsync(server, Admin);
        cookies.Add($"{good[..30]}{(good[30] == 'A' ? 'B' : 'A')}{good[31..]}");
        foreach (var cookie in cookies)
        {
            Assert.All(await AnswersAsync(server, Pages(server), audit, With(cookie)), answer => Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{answer} with '{cookie}'"));
        }

        Assert.All(await AnswersAsync(server, Pages(server), audit, With(good)), answer => Assert.DoesNotContain(answer.Status, Refusals));
        // People are led to where they sign in, from wherever they look.
        var asked = await AnswersAsync(server, Pages(server), audit, request => request.Headers.Accept.ParseAdd("text/html"));
        Assert.All(asked.Where(answer => answer.Method == "GET" && answer.Path.StartsWith("/audits/", StringComparison.Ordinal) && !answer.Path.Contains("items/1/", StringComparison.Ordinal)), answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.All(asked.Where(answer => answer.Method != "GET"), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
    }

    [Fact]
    public async Task Every_page_refuses_a_scope_that_is_too_small()
    {
        await using var server = await StartAsync();
        foreach (var scope in Enum.GetValues<KeyScope>())
        {
            var cookie = await CookieAsync(server, (await server.KeyAsync(scope, $"{scope}")).Text);
            var answers = await AnswersAsync(server, Pages(server), await server.SeedOfAsync($"key:{scope}"), With(cookie));
            Assert.All(answers, answer => Assert.True(scope < Needed(answer) == (answer.Status == HttpStatusCode.Forbidden), $"{answer} as {scope}"));
            Assert.DoesNotContain(answers, answer => answer.Status == HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Every_page_of_an_audit_hides_anothers()
    {
        await using var server = await StartAsync();
        var (mine, anothers) = (await server.SeedOfAsync("key:me"), await server.SeedOfAsync("key:another"));
        var cookie = await CookieAsync(server, (await server.KeyAsync(KeyScope.Submitter, "me")).Text);
        var ofAudits = Pages(server).Where(endpoint => endpoint.RoutePattern.Parameters.Any(IsAudit)).ToList();
        Assert.True(ofAudits.Count > 5);
        foreach (var audit in new[] { anothers, Guid.NewGuid() })
        {
            Assert.All(await AnswersAsync(server, ofAudits, audit, With(cookie)), answer => Assert.Equal((HttpStatusCode.NotFound, $"There is no audit {audit}."), (answer.Status, answer.Problem)));
        }

        Assert.Contains(await AnswersAsync(server, ofAudits, mine, With(cookie)), answer => answer.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Api_takes_no_cookie()
    {
        await using var server = await StartAsync();
        var cookie = await CookieAsync(server, Admin);
        Assert.All(await AnswersAsync(server, Closed(server).Except(Pages(server)), Guid.NewGuid(), With(cookie)), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
    }

    private static Task<ApiServer> StartAsync() => ApiServer.StartAsync($"--Access:AdminKey={Admin}");

    private static List<RouteEndpoint> Pages(ApiServer server) => [.. Closed(server).Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))];

    private static async Task<string> CookieAsync(ApiServer server, string key)
    {
        using var browser = await Browser.SignedInAsync(server, key);
        return browser.Session!;
    }

    private static Action<HttpRequestMessage> With(string? cookie) => request =>
    {
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", $"batchxai-session={cookie}");
        }
    };
}
