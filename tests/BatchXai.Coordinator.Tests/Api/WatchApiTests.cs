using System.Net.ServerSentEvents;
using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class WatchApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_watchers_see_every_state_until_the_end()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.SeedAsync(AuditState.Running, ShardState.Running);
        await using var one = await EventsAsync(server, id);
        await using var other = await EventsAsync(server, id);
        Assert.Equal(("progress", AuditState.Running), await NextAsync(one));
        Assert.Equal(("progress", AuditState.Running), await NextAsync(other));

        await server.MoveAsync(id, AuditState.Reporting);
        Assert.Equal(("progress", AuditState.Reporting), await NextAsync(one));
        Assert.Equal(("progress", AuditState.Reporting), await NextAsync(other));

        await server.MoveAsync(id, AuditState.Done);
        Assert.Equal(("end", AuditState.Done), await NextAsync(one));
        Assert.Equal(("end", AuditState.Done), await NextAsync(other));
        Assert.False(await one.MoveNextAsync());
    }

    [Fact]
    public async Task Watcher_that_comes_again_hears_where_it_stands_now()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.SeedAsync(AuditState.Running, ShardState.Running);
        await using (var first = await EventsAsync(server, id))
        {
            Assert.Equal(("progress", AuditState.Running), await NextAsync(first));
        }

        await server.MoveAsync(id, AuditState.Failed);
        await using var again = await EventsAsync(server, id);
        // The server may not have noticed yet that the first one went: then what both saw last comes first.
        var heard = await NextAsync(again);
        Assert.Equal(("end", AuditState.Failed), heard == ("progress", AuditState.Running) ? await NextAsync(again) : heard);
        Assert.False(await again.MoveNextAsync());
    }

    [Fact]
    public async Task Watching_ends_when_the_audit_is_deleted()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.SeedAsync(AuditState.Running);
        await using var events = await EventsAsync(server, id);
        Assert.Equal(("progress", AuditState.Running), await NextAsync(events));
        await server.ChangeAsync(db => db.Audits.ExecuteDeleteAsync(Ct));
        Assert.False(await events.MoveNextAsync());
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> EventsAsync(ApiServer server, Guid id)
    {
        var answer = await server.Client.GetAsync($"/api/audits/{id}/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return SseParser.Create(await answer.Content.ReadAsStreamAsync(Ct)).EnumerateAsync(Ct).GetAsyncEnumerator(Ct);
    }

    private static async Task<(string Event, AuditState State)> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync());
        return (events.Current.EventType, JsonSerializer.Deserialize<AuditView>(events.Current.Data, ApiJson.Options)!.State);
    }
}
