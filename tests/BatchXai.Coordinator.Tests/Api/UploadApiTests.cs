using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using BatchXai.Contracts.Api;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class UploadApiTests
{
    private static readonly byte[] Content = [.. "the content of a model"u8];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Hash => Convert.ToHexStringLower(SHA256.HashData(Content));

    [Fact]
    public async Task Upload_is_stored_once_and_can_be_named_by_a_request()
    {
        await using var server = await ApiServer.StartAsync();
        var request = server.Request();
        var first = await UploadAsync(server, "my model.onnx");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var file = (await first.Content.ReadFromJsonAsync<UploadedFile>(ApiJson.Options, Ct))!;
        Assert.Equal((Hash, "my model.onnx"), (file.Sha256, file.Name));
        Assert.Equal($"/api/models/{Hash}", first.Headers.Location?.OriginalString);

        Assert.Equal(file, await (await UploadAsync(server, "my model.onnx")).Content.ReadFromJsonAsync<UploadedFile>(ApiJson.Options, Ct));
        Assert.Equal((0, 1), await server.CountAsync());
        Assert.Equal(HttpStatusCode.Accepted, (await server.PostAsync("/api/audits", System.Text.Json.JsonSerializer.Serialize(request with { Model = new() { Path = file.Location } }, Storage.Artifacts.StorageJson.Options))).StatusCode);
    }

    [Fact]
    public async Task Server_says_which_contents_it_has()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, $"/api/models/{Hash}"));
        await UploadAsync(server, "a.onnx");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, $"/api/models/{Hash}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, $"/api/models/{Hash}?name=a.onnx"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, $"/api/models/{Hash}?name=b.onnx"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, "/api/models/7"));
        Assert.Equal("a.onnx", (await server.GetAsync<UploadedFile>($"/api/models/{Hash}")).Name);
    }

    [Theory]
    [InlineData("", "name: missing.")]
    [InlineData("?name=", "name: '' is no file name.")]
    [InlineData("?name=..%2Fa.onnx", "name: '../a.onnx' is no file name.")]
    [InlineData("?name=..", "name: '..' is no file name.")]
    [InlineData("?name=a%5Cb", "name: 'a\\b' is no file name.")]
    [InlineData("?name=a%0Ab", "name: \"a\\u000ab\" has control characters.")]
    [InlineData("?name=a.onnx&nmae=b", "nmae: unknown parameter.")]
    public async Task Hostile_name_is_refused_and_nothing_is_stored(string query, string problem)
    {
        await using var server = await ApiServer.StartAsync();
        using var content = Body();
        var told = Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.Client.PostAsync($"/api/models{query}", content, Ct)));
        Assert.StartsWith(problem, told, StringComparison.Ordinal);
        Assert.Equal((0, 0), await server.CountAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_above_the_limit_is_refused_and_nothing_is_stored(bool chunked)
    {
        await using var server = await ApiServer.StartAsync("--Uploads:MaxGiB=0.00001");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/models?name=a.onnx") { Content = new ByteArrayContent(new byte[20_000]) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Headers.TransferEncodingChunked = chunked;
        Assert.Equal("body: too large.", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, await server.Client.SendAsync(request, Ct))));
        Assert.Equal((0, 0), await server.CountAsync());
    }

    [Fact]
    public async Task Upload_may_be_larger_than_a_request()
    {
        await using var server = await ApiServer.StartAsync();
        using var content = new ByteArrayContent(new byte[5 << 20]);
        content.Headers.ContentType = new("application/octet-stream");
        Assert.Equal(HttpStatusCode.Created, (await server.Client.PostAsync("/api/models?name=large.onnx", content, Ct)).StatusCode);
    }

    private static ByteArrayContent Body()
    {
        var content = new ByteArrayContent(Content);
        content.Headers.ContentType = new("application/octet-stream");
        return content;
    }

    private static async Task<HttpResponseMessage> UploadAsync(ApiServer server, string name)
    {
        using var content = Body();
        return await server.Client.PostAsync($"/api/models?name={Uri.EscapeDataString(name)}", content, Ct);
    }

    private static async Task<HttpStatusCode> StatusAsync(ApiServer server, string path) =>
        (await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Ct)).StatusCode;
}
