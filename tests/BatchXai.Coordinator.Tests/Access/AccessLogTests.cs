using System.Net;
using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Tests.Access.Sessions;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

public sealed class AccessLogTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Changes_and_refusals_are_noted_and_reading_is_not(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind, $"--Access:AdminKey={Admin}");
        var (mine, anothers) = (await server.SeedOfAsync("key:me"), await server.SeedOfAsync("key:another"));
        var key = await server.KeyAsync(KeyScope.Submitter, "me");
        foreach (var (method, path, sent) in new[]
        {
            ("GET", "/api/audits", key.Text), ("GET", $"/api/audits/{mine}", key.Text), ("POST", $"/api/audits/{mine}/cancel", key.Text), ("GET", $"/api/audits/{anothers}", key.Text), ("GET", "/api/keys", key.Text),
            ("GET", $"/api/audits?name={key.Text}", null), ("DELETE", $"/api/audits/{mine}", key.Text), ("POST", $"/api/keys/{key.Text}/revoke", Admin),
        })
        {
            (await server.SendAsync(method, path, sent)).Dispose();
        }

        var noted = await NotedAsync(server, 6);
        Assert.Equal(
        [
            ("key:me", key.Key.Id, "POST /api/audits/{id:guid}/cancel", mine, 200),
            ("key:me", key.Key.Id, "GET /api/audits/{id:guid}", anothers, 404),
            ("key:me", key.Key.Id, "GET /api/keys", null, 403),
            (null, null, "GET /api/audits", null, 401),
            ("key:me", key.Key.Id, "DELETE /api/audits/{id:guid}", mine, 204),
            ("key:admin", "admin", "POST /api/keys/{key}/revoke", (Guid?)null, 404),
        ],
            noted.Select(line => (line.Subject, line.Credential, line.Action.TrimEnd('/'), line.AuditId, line.Outcome)));
        Assert.All(noted, line => Assert.Equal("127.0.0.1", line.Address));
        Assert.All(noted, line => Assert.DoesNotContain("bxk_", $"{line}", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task Entries_say_which_key_cohort_file_or_new_audit_they_are_about(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind, $"--Access:AdminKey={Admin}");
        using var browser = await Browser.SignedInAsync(server, Admin);
        var submitted = await AskedAsync<AuditView>("POST", "/api/audits", JsonSerializer.Serialize(server.Request(), ApiJson.Options));
        var key = await AskedAsync<CreatedKey>("POST", "/api/keys", """{"name": "ci", "scope": "viewer"}""");
        (await browser.SubmitAsync(await browser.PageAsync($"/keys/{key.Key.Id}/revoke"), $"/keys/{key.Key.Id}/revoke")).Dispose();
        var cohort = await AskedAsync<CohortView>("POST", "/api/cohorts", """{"name": "wrong ones", "filter": "correct=false"}""");
        (await server.SendAsync("DELETE", "/api/cohorts/wrong ones", Admin)).Dispose();
        (await server.SendAsync("DELETE", "/api/cohorts/wrong ones", Admin)).Dispose();
        Assert.Equal<(string, Guid?, string?, int)>(
        [
            ("POST /sign-in", null, null, 302),
            ("POST /api/audits", submitted.Id, null, 202),
            ("POST /api/keys", null, key.Key.Id, 201),
            ("POST /keys/{key}/revoke", null, key.Key.Id, 302),
            ("POST /api/cohorts", null, $"{cohort.Id}", 201),
            ("DELETE /api/cohorts/{cohort}", null, $"{cohort.Id}", 204),
            ("DELETE /api/cohorts/{cohort}", null, null, 404),
        ],
            (await NotedAsync(server, 7)).Select(line => (line.Action.TrimEnd('/'), line.AuditId, line.About, line.Outcome)));
        Assert.Contains(key.Key.Id, (await browser.PageAsync("/access-log?action=revoke")).Visible, StringComparison.Ordinal);

        async Task<T> AskedAsync<T>(string method, string path, string json)
        {
            using var answer = await server.SendAsync(method, path, Admin, json);
            var text = await answer.Content.ReadAsStringAsync(Ct);
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonSerializer.Deserialize<T>(text, ApiJson.Options)!;
        }
    }

    [Fact]
    public async Task Page_of_another_site_is_refused_and_noted_with_whose_browser_it_used()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}");
        var key = await server.KeyAsync(KeyScope.Submitter, "me");
        using var browser = await Browser.SignedInAsync(server, key.Text);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/submit") { Content = new FormUrlEncodedContent([]), Headers = { { "Origin", "http://example.org" } } };
        using var refused = await browser.SendAsync(foreign);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal([("key:me", "POST /sign-in", 302), ("key:me", "POST /submit", 403)], (await NotedAsync(server, 2)).Select(line => (line.Subject, line.Action, line.Outcome)));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_only_administrators_read_them()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}");
        for (var i = 0; i < 5; i++)
        {
            (await server.SendAsync("POST", $"/api/keys/key{i}/revoke", Admin)).Dispose();
        }

        var all = await NotedAsync(server, 5);
        var first = await PageAsync(server, "?limit=3");
        var second = await PageAsync(server, $"?limit=3&after={first.Next}");
        Assert.Equal(all.Reverse(), first.Entries.Concat(second.Entries));
        Assert.Null(second.Next);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync("GET", "/api/access-log", (await server.KeyAsync(KeyScope.Submitter, "me")).Text)).StatusCode);
        Assert.StartsWith("after: 'x'.", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.SendAsync("GET", "/api/access-log?after=x", Admin))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_go_after_the_days_that_they_are_kept()
    {
        var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct); // The server's from now on.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using (var db = await database.OpenAsync(Ct))
        {
            db.AccessLog.AddRange(new[] { 1, 29, 31, 400 }.Select(days => new AccessLogRow { At = now.AddDays(-days), Action = $"{days}" }));
            await db.SaveChangesAsync(Ct);
        }

        await using var server = await ApiServer.StartAsync(database, $"--Access:AdminKey={Admin}", "--Access:LogDays=30");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        for (var kept = 4; kept > 2; await Task.Delay(20, limit.Token))
        {
            await server.ChangeAsync(async db => kept = await db.AccessLog.CountAsync(limit.Token));
        }

        Assert.Equal(["1", "29"], (await PageAsync(server, "")).Entries.Select(line => line.Action).Order());
    }

    [Fact]
    public async Task Who_asks_too_much_is_told_to_wait_and_others_are_not()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}", "--Access:RequestsPerMinute=60");
        var (greedy, modest) = (await server.KeyAsync(KeyScope.Viewer, "greedy"), await server.KeyAsync(KeyScope.Viewer, "modest"));
        HttpResponseMessage last;
        var asked = 0;
        do
        {
            last = await server.SendAsync("GET", "/api/workers", greedy.Text);
        }
        while (last.StatusCode == HttpStatusCode.OK && ++asked < 10_000);

        Assert.InRange(asked, 60, 9_999);
        Assert.Contains("Try again", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.TooManyRequests, last)), StringComparison.Ordinal);
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/api/workers", modest.Text)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/health/live", greedy.Text)).StatusCode);
    }

    private static async Task<AccessLogPage> PageAsync(ApiServer server, string query)
    {
        using var answer = await server.SendAsync("GET", $"/api/access-log{query}", Admin);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonSerializer.Deserialize<AccessLogPage>(await answer.Content.ReadAsStringAsync(Ct), ApiJson.Options)!;
    }

    /// <summary>What was noted, the oldest first, once there are so many.</summary>
    private static async Task<IReadOnlyList<AccessLogLine>> NotedAsync(ApiServer server, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            if ((await PageAsync(server, "")).Entries is { } entries && entries.Count >= count)
            {
                return [.. entries.Reverse()];
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
