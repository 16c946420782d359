using System.Net;
using System.Net.Http.Headers;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Imaging;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Browse;

/// <summary>Pictures of single items, asked for as browsers do.</summary>
public sealed class PictureTests
{
    private const string Map = "method=gradcam&target=predicted";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Image_heatmap_outline_and_thumbnail_are_those_of_the_item()
    {
        await using var server = await ApiServer.StartAsync();
        var item = $"/audits/{await BrowsedAudit.SeedAsync(server)}/items/1";

        var image = await PictureAsync(server, $"{item}/image.jpg", "image/jpeg");
        Assert.Equal((32, 32), (image.Width, image.Height));
        Assert.All(image.Pixels, value => Assert.InRange(value, 126, 130));

        var heatmap = await PictureAsync(server, $"{item}/heatmap.png?{Map}", "image/png");
        Assert.Equal((32, 32), (heatmap.Width, heatmap.Height));
        Assert.Equal(ColourMap.Table(ColourMapName.Viridis)[..3].ToArray(), heatmap.Pixels[..3]);
        Assert.Equal(ColourMap.Table(ColourMapName.Viridis)[^3..].ToArray(), heatmap.Pixels[^3..]);
        Assert.Equal(ColourMap.Table(ColourMapName.Cividis)[^3..].ToArray(), (await PictureAsync(server, $"{item}/heatmap.png?{Map}&map=cividis", "image/png")).Pixels[^3..]);

        var outline = await PictureAsync(server, $"{item}/outline.png", "image/png");
        Assert.Equal((32, 32), (outline.Width, outline.Height));

        var thumbnail = await PictureAsync(server, $"{item}/thumbnail.jpg?{Map}", "image/jpeg");
        Assert.True(thumbnail.Pixels[^3] > thumbnail.Pixels[0] + 60);
        Assert.All((await PictureAsync(server, $"{item}/thumbnail.jpg", "image/jpeg")).Pixels, value => Assert.InRange(value, 126, 130));
    }

    [Fact]
    public async Task Picture_that_the_browser_has_is_not_sent_again_until_another_run_is_counted()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        var address = $"/audits/{audit}/items/1/thumbnail.jpg?{Map}";
        using var first = await server.Client.GetAsync(address, Ct);
        Assert.True(first.Headers.CacheControl is { Private: true, MaxAge.TotalSeconds: > 0 });
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync());

        // Nothing is read to say so: the picture itself is gone.
        Directory.Delete(Path.Combine(server.Folder, "images"), recursive: true);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync());

        await server.ChangeAsync(db => db.Shards.ExecuteUpdateAsync(shard => shard.SetProperty(row => row.RunId, Guid.NewGuid()), Ct));
        Assert.Equal(HttpStatusCode.NotFound, await AgainAsync());

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { tag } } };
            using var answer = await server.Client.SendAsync(request, Ct);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Each_picture_has_a_name_of_its_own()
    {
        await using var server = await ApiServer.StartAsync();
        var item = $"/audits/{await BrowsedAudit.SeedAsync(server)}/items/1";
        string[] pictures = ["image.jpg", "outline.png", $"heatmap.png?{Map}", $"heatmap.png?{Map}&map=cividis", "heatmap.png?method=cam&target=label", $"thumbnail.jpg?{Map}", "thumbnail.jpg", "tested/mixed_rand.jpg"];
        var tags = new List<EntityTagHeaderValue?>();
        foreach (var picture in pictures)
        {
            using var answer = await server.Client.GetAsync($"{item}/{picture}", Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            tags.Add(answer.Headers.ETag);
        }

        Assert.Distinct(tags);
        Assert.DoesNotContain(null, tags);
    }

    [Theory]
    [InlineData("items/2/image.jpg")] // Its file is gone.
    [InlineData("items/3/image.jpg")] // Its path leads out of the folder.
    [InlineData("items/3/thumbnail.jpg")]
    [InlineData("items/999/image.jpg")]
    [InlineData("items/-1/image.jpg")]
    [InlineData("items/1/heatmap.png")] // Of no method.
    [InlineData("items/1/heatmap.png?method=gradcam&target=label")] // It has none of this target.
    [InlineData("items/1/heatmap.png?method=..%2F..%2Fplan&target=predicted")]
    [InlineData("items/5/heatmap.png?method=gradcam&target=predicted")] // Unreadable, so it has none.
    [InlineData("items/1/tested/placebo.jpg")] // Not kept.
    [InlineData("items/1/tested/..%2F..%2Fplan.jpg")]
    [InlineData("items/1/tested/as_is.jpg")] // The file names another place for it, which is not looked at.
    public async Task What_cannot_be_drawn_is_a_plain_sentence(string picture)
    {
        await using var server = await ApiServer.StartAsync();
        using var answer = await server.Client.GetAsync($"/audits/{await BrowsedAudit.SeedAsync(server)}/{picture}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.EndsWith(".", text, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Folder, text, StringComparison.Ordinal);
        Assert.Null(answer.Headers.ETag);
    }

    [Fact]
    public async Task Colours_that_lie_are_refused()
    {
        await using var server = await ApiServer.StartAsync();
        using var answer = await server.Client.GetAsync($"/audits/{await BrowsedAudit.SeedAsync(server)}/items/1/heatmap.png?{Map}&map=jet", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Picture_that_many_ask_for_at_once_is_drawn_once()
    {
        using var cache = new PictureCache();
        var (drawn, asked) = (0, new TaskCompletionSource());
        var pictures = Enumerable.Range(0, 20).Select(_ => cache.GetAsync("a", DrawAsync, Ct)).ToList();
        asked.SetResult();
        Assert.All(await Task.WhenAll(pictures), picture => Assert.Equal([1], picture));
        Assert.Equal(1, drawn);

        async Task<byte[]?> DrawAsync(CancellationToken ct)
        {
            await asked.Task.WaitAsync(ct);
            Interlocked.Increment(ref drawn);
            return [1];
        }
    }

    [Fact]
    public async Task Who_goes_away_leaves_the_place_to_others_and_a_failure_is_not_kept()
    {
        using var cache = new PictureCache();
        using var gone = new CancellationTokenSource();
        var first = cache.GetAsync("a", async ct => { await Task.Delay(Timeout.Infinite, ct); return null; }, gone.Token);
        var second = cache.GetAsync("a", _ => Task.FromResult<byte[]?>(null), Ct);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Null(await second);
        Assert.Equal([2], await cache.GetAsync("a", _ => Task.FromResult<byte[]?>([2]), Ct));
    }

    private static async Task<RgbImage> PictureAsync(ApiServer server, string address, string type)
    {
        using var answer = await server.Client.GetAsync(address, Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode} {(answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync(Ct))}");
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        return ImageDecoder.Decode(await answer.Content.ReadAsByteArrayAsync(Ct));
    }
}
