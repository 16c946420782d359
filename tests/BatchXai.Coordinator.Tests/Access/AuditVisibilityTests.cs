using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

public sealed class AuditVisibilityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Callers_see_what_they_submitted_and_administrators_all(DatabaseKind kind)
    {
        await using var server = await ClosedAsync(kind);
        var (one, other, renewed, root) = (await server.KeyAsync(KeyScope.Submitter, "one"), await server.KeyAsync(KeyScope.Submitter, "other"), await server.KeyAsync(KeyScope.Viewer, "one"), await server.KeyAsync(KeyScope.Admin, "root"));
        var (ofOne, ofOther) = (await SubmitAsync(server, one, "key"), await SubmitAsync(server, other, "key"));
        Assert.NotEqual(ofOne, ofOther); // Each has names of its own for its submissions.
        Assert.Equal(ofOne, await SubmitAsync(server, one, "key"));
        Assert.Equal([ofOne], await ListAsync(server, one));
        Assert.Equal([ofOther], await ListAsync(server, other));
        Assert.Equal([ofOne], await ListAsync(server, renewed)); // Keys of one name are one caller.
        Assert.Equal([ofOther, ofOne], await ListAsync(server, root));
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync("GET", $"/api/audits/{ofOther}", one.Text)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync("POST", $"/api/audits/{ofOther}/cancel", one.Text)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("POST", $"/api/audits/{ofOther}/cancel", root.Text)).StatusCode);
    }

    [Fact]
    public async Task Everyone_may_see_all_audits_and_change_only_their_own()
    {
        await using var server = await ClosedAsync(DatabaseKind.Sqlite, "--Access:AuditsVisibleTo=everyone");
        var (one, other) = (await server.KeyAsync(KeyScope.Submitter, "one"), await server.KeyAsync(KeyScope.Submitter, "other"));
        var audit = await SubmitAsync(server, one, "key");
        Assert.Equal([audit], await ListAsync(server, other));
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", $"/api/audits/{audit}", other.Text)).StatusCode);
        foreach (var (method, path) in new[] { ("POST", $"/api/audits/{audit}/cancel"), ("POST", $"/api/audits/{audit}/retry"), ("DELETE", $"/api/audits/{audit}") })
        {
            Assert.StartsWith($"Audit {audit} is another's.", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Forbidden, await server.SendAsync(method, path, other.Text))), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("POST", $"/api/audits/{audit}/cancel", one.Text)).StatusCode);
    }

    [Fact]
    public async Task Open_server_answers_only_requests_that_name_this_machine()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, $"localhost:{server.Client.BaseAddress!.Port}")).StatusCode);
        var problem = Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Unauthorized, await AskAsync(server, "batchxai.example")));
        Assert.Contains("localhost", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_shown_without_a_key_only_where_a_setting_says_so()
    {
        foreach (var (setting, status) in new[] { ("false", HttpStatusCode.Unauthorized), ("true", HttpStatusCode.OK) })
        {
            await using var server = await ClosedAsync(DatabaseKind.Sqlite, $"--Access:OpenMetrics={setting}");
            Assert.Equal(status, (await server.SendAsync("GET", "/metrics", null)).StatusCode);
        }
    }

    private static Task<ApiServer> ClosedAsync(DatabaseKind kind, params string[] settings) => ApiServer.StartAsync(kind, ["--Access:AdminKey=bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", .. settings]);

    private static async Task<HttpResponseMessage> AskAsync(ApiServer server, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/audits") { Headers = { Host = host } };
        return await server.Client.SendAsync(request, Ct);
    }

    private static async Task<Guid> SubmitAsync(ApiServer server, CreatedKey key, string idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/audits") { Content = JsonContent.Create(server.Request(), options: StorageJson.Options) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        request.Headers.Add("X-Api-Key", key.Text);
        using var answer = await server.Client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<AuditView>(ApiJson.Options, Ct))!.Id;
    }

    private static async Task<IEnumerable<Guid>> ListAsync(ApiServer server, CreatedKey key)
    {
        using var answer = await server.SendAsync("GET", "/api/audits", key.Text);
        return JsonSerializer.Deserialize<AuditList>(await answer.Content.ReadAsStringAsync(Ct), ApiJson.Options)!.Audits.Select(audit => audit.Id);
    }
}
