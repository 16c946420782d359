using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Tests.Access.Sessions;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

/// <summary>Progress is told for hours, and not an hour longer than whoever listens may hear it.</summary>
public sealed class EntryWatchTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_ends_when_its_key_is_revoked()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await ApiServer.StartAsync(clock, $"--Access:AdminKey={Admin}");
        var (audit, key) = (await RunningAsync(server), await server.KeyAsync(KeyScope.Viewer, "me"));
        using var listening = await server.SendAsync("GET", $"/api/audits/{audit}/events", key.Text);
        using var other = await server.SendAsync("GET", $"/api/audits/{audit}/events", Admin);
        using var browser = await Browser.SignedInAsync(server, key.Text);
        using var watching = await browser.SendAsync(Events(audit));
        var ends = new[] { EndAsync(listening), EndAsync(watching) };
        var goesOn = EndAsync(other);
        for (var i = 0; i < 5; i++)
        {
            // It is looked at again and again, and goes on.
            clock.Advance(Interval);
            await Task.Delay(20, Ct);
            Assert.DoesNotContain(ends, end => end.IsCompleted);
        }

        (await server.SendAsync("POST", $"/api/keys/{key.Key.Id}/revoke", Admin)).Dispose();
        clock.Advance(Interval);
        Assert.All(await Task.WhenAll(ends), told => Assert.DoesNotContain("event: end", told, StringComparison.Ordinal));
        Assert.False(goesOn.IsCompleted);
        await server.MoveAsync(audit, AuditState.Failed);
        clock.Advance(Interval);
        Assert.Contains("event: end", await goesOn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ends_with_the_session_and_with_the_days_of_a_key()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await ApiServer.StartAsync(clock, $"--Access:AdminKey={Admin}");
        var (audit, key) = (await RunningAsync(server), await server.KeyAsync(KeyScope.Viewer, "me"));
        var end = clock.GetUtcNow().UtcDateTime.AddMinutes(30);
        await server.ChangeAsync(db => db.ApiKeys.ExecuteUpdateAsync(row => row.SetProperty(one => one.ExpiresAt, end), Ct));
        using var browser = await Browser.SignedInAsync(server, Admin);
        using var ofSession = await browser.SendAsync(Events(audit));
        using var ofKey = await server.SendAsync("GET", $"/api/audits/{audit}/events", key.Text);
        var (sessionEnds, keyEnds) = (EndAsync(ofSession), EndAsync(ofKey));
        clock.Advance(TimeSpan.FromMinutes(29));
        await Task.Delay(50, Ct);
        Assert.False(keyEnds.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(2));
        await keyEnds;
        Assert.False(sessionEnds.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(30));
        await sessionEnds;
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync(Events(audit))).StatusCode);
    }

    private static async Task<Guid> RunningAsync(ApiServer server)
    {
        var audit = await server.SeedAsync(AuditState.Running, ShardState.Running);
        await server.ChangeAsync(db => db.Audits.ExecuteUpdateAsync(row => row.SetProperty(one => one.CreatedBy, "key:me"), Ct));
        return audit;
    }

    private static HttpRequestMessage Events(Guid audit) => new(HttpMethod.Get, $"/audits/{audit}/events") { Headers = { { "Accept", "text/event-stream" } } };

    private static async Task<string> EndAsync(HttpResponseMessage stream)
    {
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        return await stream.Content.ReadAsStringAsync(Ct);
    }
}
