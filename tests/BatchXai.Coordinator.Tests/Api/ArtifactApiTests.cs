using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class ArtifactApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Artifacts_are_listed_page_by_page_below_the_audit_alone()
    {
        await using var server = await ApiServer.StartAsync();
        var (id, other) = (await server.SeedAsync(AuditState.Done), await server.SeedAsync(AuditState.Done));
        string[] paths = ["a b.json", "plan.json", "shards/000000/x/items.parquet"];
        foreach (var path in paths)
        {
            await server.Blobs.WriteAsync(ArtifactAddresses.Audit(id) + path, "content"u8.ToArray(), Ct);
        }

        await server.Blobs.WriteAsync(ArtifactAddresses.Audit(other) + "plan.json", "other"u8.ToArray(), Ct);
        var first = await server.GetAsync<ArtifactList>($"/api/audits/{id}/artifacts?limit=2");
        Assert.Equal(paths[..2], first.Paths);
        var rest = await server.GetAsync<ArtifactList>($"/api/audits/{id}/artifacts?limit=2&after={first.Next}");
        Assert.Equal(paths[2..], rest.Paths);
        Assert.Null(rest.Next);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Artifact_is_sent_whole_or_in_part(bool link)
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.SeedAsync(AuditState.Done);
        await server.Blobs.WriteAsync(ArtifactAddresses.Audit(id) + "a b/c.npy", "0123456789"u8.ToArray(), Ct);
        var path = $"/api/audits/{id}/artifacts/a%20b/c.npy{(link ? "?link=true" : "")}";
        var whole = await server.Client.GetAsync(path, Ct);
        Assert.Equal("0123456789", await whole.Content.ReadAsStringAsync(Ct));
        Assert.Equal("attachment; filename=c.npy; filename*=UTF-8''c.npy", whole.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("nosniff", Assert.Single(whole.Headers.GetValues("X-Content-Type-Options")));

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(3, 5) } };
        var part = await server.Client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("345", await part.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>Written straight to the socket: HttpClient would tidy such paths up.</summary>
    [Theory]
    [InlineData("artifacts/../../../secret.txt", 404)]
    [InlineData("artifacts/%2e%2e/%2e%2e/secret.txt", 404)]
    [InlineData("artifacts/..%2f..%2fsecret.txt", 404)]
    [InlineData("artifacts/a//b", 400)]
    [InlineData("artifacts/..%5c..%5csecret.txt", 400)]
    [InlineData("artifacts/a%0ab", 400)]
    [InlineData("artifacts//etc/passwd", 400)]
    [InlineData("evidence/..%2f..%2fsecret.txt", 404)]
    [InlineData("artifacts/link.txt", 404)]
    public async Task Hostile_path_leads_nowhere(string path, int status)
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.SeedAsync(AuditState.Done);
        await server.Blobs.WriteAsync("secret.txt", "secret"u8.ToArray(), Ct);
        await server.Blobs.WriteAsync(ArtifactAddresses.Audit(id) + "plan.json", "{}"u8.ToArray(), Ct);
        var secret = Path.Combine(server.Folder, "outside.txt");
        await File.WriteAllTextAsync(secret, "secret", Ct);
        File.CreateSymbolicLink(Path.Combine(server.Folder, "blobs", ArtifactAddresses.Audit(id), "link.txt"), secret);
        var answer = await server.RawAsync($"GET /api/audits/{id}/{path} HTTP/1.1");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Folder, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_and_its_files_are_sent()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.SeedAsync(AuditState.Done);
        string[] files = ["report.json", "clusters.json", "report.html", "model-card.md", "classes.csv", "items.csv", "evidence/item-3.png", "evidence/000000003-mixed_rand.jpg"];
        foreach (var file in files)
        {
            await server.Blobs.WriteAsync(ArtifactAddresses.Reports(id) + file, Encoding.UTF8.GetBytes(file), Ct);
        }

        foreach (var (path, file, type) in new[] { ("report", "report.json", "application/json"), ("clusters.json", "clusters.json", "application/json"), ("report.html", "report.html", "text/html"), ("model-card.md", "model-card.md", "text/markdown"), ("classes.csv", "classes.csv", "text/csv"), ("items.csv", "items.csv", "text/csv"), ("evidence/item-3.png", "evidence/item-3.png", "image/png"), ("evidence/000000003-mixed_rand.jpg", "evidence/000000003-mixed_rand.jpg", "image/jpeg") })
        {
            var answer = await server.Client.GetAsync($"/api/audits/{id}/{path}", Ct);
            Assert.Equal(file, await answer.Content.ReadAsStringAsync(Ct));
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.Client.GetAsync($"/api/audits/{id}/evidence/item-4.png", Ct));
    }

    [Fact]
    public async Task Report_of_an_audit_that_runs_is_not_there_yet()
    {
        await using var server = await ApiServer.StartAsync();
        var id = await server.SeedAsync(AuditState.Running);
        Assert.Contains("it is running", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Conflict, await server.Client.GetAsync($"/api/audits/{id}/report", Ct))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workers_are_alive_while_they_are_heard()
    {
        await using var server = await ApiServer.StartAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await server.ChangeAsync(async db =>
        {
            db.Workers.AddRange(
                new WorkerRow { Name = "b", Slots = 2, Device = "cpu", Version = "0.1.0", SeenAt = now },
                new WorkerRow { Name = "a", Slots = 4, Device = "a GPU", Version = "0.1.0", SeenAt = now.AddMinutes(-5) });
            await db.SaveChangesAsync(Ct);
        });
        var workers = await server.GetAsync<List<WorkerView>>("/api/workers");
        Assert.Equal([("a", 4, false), ("b", 2, true)], workers.Select(worker => (worker.Name, worker.Slots, worker.Alive)));
    }
}
