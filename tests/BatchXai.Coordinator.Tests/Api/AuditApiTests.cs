using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Artifacts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class AuditApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [EachDatabase]
    public async Task Submitted_audit_is_where_the_answer_says(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var answer = await server.PostAsync("/api/audits", JsonSerializer.Serialize(server.Request(), StorageJson.Options));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var submitted = (await answer.Content.ReadFromJsonAsync<AuditView>(ApiJson.Options, Ct))!;
        Assert.Equal($"/api/audits/{submitted.Id}", answer.Headers.Location?.OriginalString);

        var found = await server.GetAsync<AuditView>(answer.Headers.Location!.OriginalString);
        Assert.Equal(("my audit", AuditState.Submitted, 0L), (found.Name, found.State, found.Items));
        Assert.False(found.HasEnded);
        Assert.Empty(found.Warnings);
    }

    [Theory]
    [EachDatabase]
    public async Task Figures_of_an_audit_come_from_the_shards_that_count(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var id = await server.SeedAsync(AuditState.Running, ShardState.Done, ShardState.Done, ShardState.Running, ShardState.Pending, ShardState.Failed, ShardState.Split);
        var audit = await server.GetAsync<AuditView>($"/api/audits/{id}");
        Assert.Equal((60L, 24L, 2L), (audit.Items, audit.Done, audit.Failed));
        Assert.Equal(new ShardCounts(1, 0, 1, 2, 1, 1, 0), audit.Shards);
        Assert.InRange(audit.ItemsPerSecond!.Value, 0.01, 2.4);
    }

    [Theory]
    [EachDatabase]
    public async Task List_is_paged_newest_first_and_filtered(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        List<Guid> ids = [];
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await server.SeedAsync(i % 2 == 0 ? AuditState.Done : AuditState.Failed));
            await Task.Delay(2, Ct); // Ids grow from one millisecond to the next.
        }

        List<Guid> listed = [];
        var pages = 0;
        for (var path = "/api/audits?limit=2"; path is not null; pages++)
        {
            var page = await server.GetAsync<AuditList>(path);
            listed.AddRange(page.Audits.Select(audit => audit.Id));
            path = page.Next is { } next ? $"/api/audits?limit=2&before={next}" : null;
        }

        Assert.Equal(ids, listed);
        Assert.Equal(3, pages);
        Assert.Equal([ids[1], ids[3]], (await server.GetAsync<AuditList>("/api/audits?state=failed")).Audits.Select(audit => audit.Id));
        Assert.Equal(3, (await server.GetAsync<AuditList>("/api/audits?name=audit%20in%20Done")).Audits.Count);
    }

    [Theory]
    [EachDatabase]
    public async Task Shards_are_paged_by_number_and_filtered(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var id = await server.SeedAsync(AuditState.Running, ShardState.Done, ShardState.Failed, ShardState.Done, ShardState.Failed);
        var first = await server.GetAsync<ShardList>($"/api/audits/{id}/shards?limit=3");
        Assert.Equal([0, 1, 2], first.Shards.Select(shard => shard.Number));
        var rest = await server.GetAsync<ShardList>($"/api/audits/{id}/shards?limit=3&after={first.Next}");
        Assert.Equal([3], rest.Shards.Select(shard => shard.Number));
        Assert.Null(rest.Next);
        Assert.Equal([1, 3], (await server.GetAsync<ShardList>($"/api/audits/{id}/shards?state=failed")).Shards.Select(shard => shard.Number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/shards")]
    [InlineData("/events")]
    [InlineData("/report")]
    [InlineData("/report.html")]
    [InlineData("/classes.csv")]
    [InlineData("/items.csv")]
    [InlineData("/evidence/item-1.png")]
    [InlineData("/artifacts")]
    public async Task Unknown_audit_is_the_same_refusal_everywhere(string path)
    {
        await using var server = await ApiServer.StartAsync();
        var id = Guid.NewGuid();
        var problems = await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.Client.GetAsync($"/api/audits/{id}{path}", Ct));
        Assert.Equal($"There is no audit {id}.", Assert.Single(problems));
    }

    [Fact]
    public async Task Other_addresses_and_methods_are_refused_in_the_same_shape()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal("There is nothing at this address.", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.Client.GetAsync("/api/audits/7", Ct))));
        Assert.Contains("knows no PUT", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.MethodNotAllowed, await server.Client.PutAsync("/api/audits", null, Ct))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_of_another_site_changes_nothing()
    {
        await using var server = await ApiServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/audits") { Content = new StringContent("{}") };
        request.Headers.Add("Origin", "https://elsewhere.example");
        Assert.Contains("other sites", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Forbidden, await server.Client.SendAsync(request, Ct))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_of_the_server_tells_no_details()
    {
        await using var server = await ApiServer.StartAsync();
        await server.ChangeAsync(db => db.Database.ExecuteSqlRawAsync("DROP TABLE shards", Ct));
        var id = await SeedBrokenAsync(server);
        Assert.Equal("The server failed. Its log says why.", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.InternalServerError, await server.Client.GetAsync($"/api/audits/{id}", Ct))));
    }

    private static async Task<Guid> SeedBrokenAsync(ApiServer server)
    {
        var id = Guid.NewGuid();
        await server.ChangeAsync(async db =>
        {
            db.Audits.Add(new Coordinator.Data.AuditRow { Id = id, Name = "broken", Fingerprint = "", Request = "{}" });
            await db.SaveChangesAsync(Ct);
        });
        return id;
    }
}
