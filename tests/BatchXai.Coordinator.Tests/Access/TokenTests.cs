using System.Net;
using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Data;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

/// <summary>Tokens of an issuer, beside keys.</summary>
public sealed class TokenTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Roles_of_a_token_say_what_its_bearer_may_do()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await ApiServer.StartAsync(issuer.Settings);
        foreach (var (role, reads, changes, keys) in new[] { ("batchxai-viewer", 200, 403, 403), ("batchxai-submitter", 200, 400, 403), ("batchxai-admin", 200, 400, 200) })
        {
            var token = issuer.Token(role);
            Assert.Equal(reads, (int)(await server.SendAsync("GET", "/api/audits", token)).StatusCode);
            Assert.Equal(changes, (int)(await server.SendAsync("POST", "/api/audits", token, "{}")).StatusCode);
            Assert.Equal(keys, (int)(await server.SendAsync("GET", "/api/keys", token)).StatusCode);
        }
    }

    [Fact]
    public async Task Token_that_is_not_good_is_told_why_without_being_repeated()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await ApiServer.StartAsync(issuer.Settings);
        foreach (var (what, token) in issuer.Forged())
        {
            var problem = Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Unauthorized, await server.SendAsync("GET", "/api/audits", token)));
            Assert.True(problem.StartsWith("Th", StringComparison.Ordinal), $"{what}: {problem}");
            Assert.DoesNotContain(token.Split('.')[1], problem + server.Log.Text, StringComparison.Ordinal);
        }

        Assert.Equal("The token has expired. Get another.", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Unauthorized, await server.SendAsync("GET", "/api/audits", issuer.Token(minutes: -5)))));
    }

    [Theory, EachDatabase]
    public async Task Bearers_see_their_own_audits_and_no_key_has_a_users_name(DatabaseKind kind)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await ApiServer.StartAsync(kind, issuer.Settings);
        var (ofUser, ofKey) = (await server.SeedOfAsync("user:me"), await server.SeedOfAsync("key:me"));
        var key = await server.KeyAsync(KeyScope.Viewer, "me");
        Assert.Equal([ofUser], await ListAsync(server, issuer.Token("batchxai-viewer")));
        Assert.Equal([ofKey], await ListAsync(server, key.Text));
        Assert.Equal([ofKey, ofUser], await ListAsync(server, issuer.Token()));
        Assert.Empty(await ListAsync(server, issuer.Token("batchxai-viewer", "you")));
    }

    private static async Task<IEnumerable<Guid>> ListAsync(ApiServer server, string bearer)
    {
        using var answer = await server.SendAsync("GET", "/api/audits", bearer);
        return JsonSerializer.Deserialize<AuditList>(await answer.Content.ReadAsStringAsync(Ct), ApiJson.Options)!.Audits.Select(audit => audit.Id);
    }
}
