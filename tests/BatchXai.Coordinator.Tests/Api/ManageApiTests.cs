using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class ManageApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [EachDatabase]
    public async Task Cancelled_audit_can_be_taken_up_again(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var id = await server.SeedAsync(AuditState.Running, ShardState.Done, ShardState.Running, ShardState.Pending);
        for (var i = 0; i < 2; i++)
        {
            var cancelled = await ChangeAsync(server, $"/api/audits/{id}/cancel");
            Assert.Equal((AuditState.Cancelled, 10L, new ShardCounts(0, 0, 0, 1, 0, 0, 2)), (cancelled.State, cancelled.Done, cancelled.Shards));
            Assert.True(await server.Blobs.ExistsAsync(ArtifactAddresses.Cancelled(id), Ct));
        }

        for (var i = 0; i < 2; i++)
        {
            var retried = await ChangeAsync(server, $"/api/audits/{id}/retry");
            Assert.Equal((AuditState.Running, new ShardCounts(2, 0, 0, 1, 0, 0, 0)), (retried.State, retried.Shards));
            Assert.False(await server.Blobs.ExistsAsync(ArtifactAddresses.Cancelled(id), Ct));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task Deleted_audit_leaves_nothing(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var id = await server.SeedAsync(AuditState.Running, ShardState.Running);
        await server.Blobs.WriteAsync(ArtifactAddresses.Plan(id), "{}"u8.ToArray(), Ct);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/audits/{id}", Ct)).StatusCode);
        Assert.Equal((0, 0), await server.CountAsync());
        await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.Client.DeleteAsync($"/api/audits/{id}", Ct));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("retry")]
    public async Task Audit_that_is_not_there_is_refused(string change)
    {
        await using var server = await ApiServer.StartAsync();
        var id = Guid.NewGuid();
        Assert.Equal($"There is no audit {id}.", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.Client.PostAsync($"/api/audits/{id}/{change}", null, Ct))));
    }

    [Theory]
    [EachDatabase]
    public async Task Same_key_is_the_same_audit_and_never_another(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var request = server.Request();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SubmitAsync(server, request, "key-1")));
        Assert.Single(answers.Select(answer => answer.Headers.Location).Distinct());
        Assert.NotEqual(answers[0].Headers.Location, (await SubmitAsync(server, request, "key-2")).Headers.Location);
        Assert.Equal((2, 0), await server.CountAsync());

        var problem = Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Conflict, await SubmitAsync(server, request with { Seed = 1 }, "key-1")));
        Assert.Contains("key-1", problem, StringComparison.Ordinal);
        Assert.Equal((2, 0), await server.CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("key", "key2")]
    [InlineData("long")]
    public async Task Hostile_key_is_refused_together_with_the_rest(params string[] keys)
    {
        await using var server = await ApiServer.StartAsync();
        var problems = await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await SubmitAsync(server, server.Request() with { ShardSize = 0 }, [.. keys.Select(key => key == "long" ? new string('k', 201) : key)]));
        Assert.StartsWith("Idempotency-Key: expected one key", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("shardSize: 0.", problems[1], StringComparison.Ordinal);
        Assert.Equal((0, 0), await server.CountAsync());
    }

    [Theory]
    [InlineData("/etc/passwd", "it lies outside the folders")]
    [InlineData("ROOT/../secret", "it has a '..' segment")]
    [InlineData("file:///etc/passwd", "it lies outside the folders")]
    [InlineData("file://elsewhere/share/x", "it names another machine")]
    [InlineData("//elsewhere/share/x", "it names another machine")]
    [InlineData("relative/path", "it is a relative path")]
    [InlineData("ftp://elsewhere/x", "it is a URL of a kind that is not read")]
    [InlineData("https://other.blob.core.windows.net/c/x", "no blob account is configured")]
    [InlineData("azblob://container/x", "no blob account is configured")]
    [InlineData("ROOT/link", "a symbolic link leads out of the folder")]
    public async Task Location_that_may_not_be_read_is_refused(string location, string reason)
    {
        await using var server = await ApiServer.StartAsync();
        File.CreateSymbolicLink(Path.Combine(server.Folder, "link"), "/etc/passwd");
        location = location.Replace("ROOT", server.Folder, StringComparison.Ordinal);
        var request = server.Request();
        request = request with
        {
            Model = request.Model with { Path = location, Labels = location, WeightFiles = [location] },
            Dataset = request.Dataset with { Path = location, Masks = location, ClassMap = location },
        };
        var problems = await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await SubmitAsync(server, request));
        string[] fields = ["model.path", "model.weightFiles[0]", "model.labels", "dataset.path", "dataset.masks", "dataset.classMap"];
        Assert.All(fields, field => Assert.Single(problems, problem => problem.StartsWith($"{field}: '{location}' is refused: {reason}", StringComparison.Ordinal)));
        Assert.Equal(fields.Length, problems.Count);
        Assert.Equal((0, 0), await server.CountAsync());
    }

    private static async Task<AuditView> ChangeAsync(ApiServer server, string path)
    {
        var answer = await server.Client.PostAsync(path, null, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<AuditView>(ApiJson.Options, Ct))!;
    }

    private static Task<HttpResponseMessage> SubmitAsync(ApiServer server, AuditRequest request, params string[] keys)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/api/audits") { Content = new StringContent(JsonSerializer.Serialize(request, StorageJson.Options), Encoding.UTF8, "application/json") };
        foreach (var key in keys)
        {
            message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return server.Client.SendAsync(message, Ct);
    }
}
