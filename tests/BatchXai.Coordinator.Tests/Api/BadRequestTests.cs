using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

/// <summary>Bad submissions: each is refused with every problem, and nothing is written.</summary>
public sealed class BadRequestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A change to a good body, as JSON, and how each problem begins.</summary>
    public static TheoryData<string, string[]> BadFields => new()
    {
        { """{"bogus": 1, "Name": "x"}""", ["bogus: unknown field. Expected name, model,", "Name: unknown field."] },
        { """{"shardSize": "many", "seed": 1.5, "batchSize": 99999999999}""", ["shardSize: \"many\". Expected a whole number.", "seed: 1.5. Expected a whole number.", "batchSize: 99999999999. Expected a whole number."] },
        { """{"shardSize": 0, "batchSize": 4097, "methods": ["lime"]}""", ["methods: 'lime' is not known.", "shardSize: 0. Expected 1 to 10000", "batchSize: 4097. Expected 1 to 4096"] },
        { """{"shardSize": 0, "targets": "all", "model": {"path": 7, "lables": "x"}}""", ["targets: \"all\". Expected one of predicted, label, both.", "model.path: 7. Expected a text.", "model.lables: unknown field.", "shardSize: 0."] },
        { """{"maps": 1, "objective": null, "methods": null}""", ["maps: 1. Expected one of pooled, full.", "objective: null.", "methods: null."] },
        { """{"methods": "cam", "model": [], "dataset": null}""", ["methods: \"cam\". Expected a list.", "model: a list. Expected an object with the fields path,", "dataset: null."] },
        { """{"methods": ["cam", 7, null]}""", ["methods[1]: 7. Expected a text.", "methods[2]: null."] },
        { """{"methods": []}""", ["methods: none given."] },
        { """{"methods": ["cam", "cam"]}""", ["methods: 'cam' is given 2 times."] },
        { """{"model": {"path": "/no/such.onnx", "trusted": "yes", "preprocess": {"mean": ["a"], "std": 1, "fit": "zoom", "scale": 0, "width": 0}}}""", ["model.trusted: \"yes\". Expected true or false.", "model.preprocess.mean[0]: \"a\". Expected a number.", "model.preprocess.std: 1. Expected a list.", "model.preprocess.fit: \"zoom\". Expected one of centerCrop, squash, letterbox.", "model.path: '/no/such.onnx'", "preprocess.scale: 0.", "preprocess.mean: [].", "preprocess.width: 0."] },
        { """{"name": "a\u0000b"}""", ["name: \"a\\u0000b\" has control characters."] },
        { """{"name": "a\nb"}""", ["name: \"a\\u000ab\" has control characters."] },
        { """{"name": "\u202etxt.exe"}""", ["name: \"\\u202etxt.exe\" has control characters."] },
        { """{"dataset": {"path": "/tmp\u0000/x"}}""", ["dataset.path: \"/tmp\\u0000/x\" has control characters."] },
        { """{"dataset": {"masks": "/no/such/folder", "classMap": "/no/such.csv", "path": "/no/such"}}""", ["dataset.path: '/no/such'", "dataset.masks: '/no/such/folder'", "dataset.classMap: '/no/such.csv'"] },
    };

    /// <summary>Whole bodies, and how the only problem begins.</summary>
    public static TheoryData<string, string> BadBodies => new()
    {
        { "", "body: empty." },
        { "{", "body: not valid JSON at line 1, byte 2:" },
        { "{\n  \"name\": 'x'\n}", "body: not valid JSON at line 2, byte 11:" },
        { "{} {}", "body: not valid JSON at line 1, byte 4:" },
        { "// hello\n{}", "body: not valid JSON at line 1, byte 1:" },
        { """{"name": "\ud800"}""", "name: \"\\ud800\" is no valid Unicode text." },
        { new string('[', 100), "body: not valid JSON at line 1, byte" },
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public async Task Every_problem_is_named_and_nothing_is_written(string change, string[] problems)
    {
        await using var server = await ApiServer.StartAsync();
        var good = System.Text.Json.JsonSerializer.SerializeToNode(server.Request(), Storage.Artifacts.StorageJson.Options)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            good[name] = value is JsonObject inner && good[name] is JsonObject part ? Laid(part, inner) : value?.DeepClone();
        }

        await RefusedAsync(server, good.ToJsonString(), problems);
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Body_that_is_no_request_is_refused(string body, string problem)
    {
        await using var server = await ApiServer.StartAsync();
        var told = await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.PostAsync("/api/audits", body));
        Assert.StartsWith(problem, told[0], StringComparison.Ordinal);
        Assert.Equal((0, 0), await server.CountAsync());
    }

    [Theory]
    [InlineData("null", "body: null. Expected an object")]
    [InlineData("[1]", "body: a list. Expected an object")]
    public async Task Body_of_another_shape_is_refused(string body, string problem)
    {
        await using var server = await ApiServer.StartAsync();
        await RefusedAsync(server, body, [problem]);
    }

    [Fact]
    public async Task Missing_fields_are_all_named()
    {
        await using var server = await ApiServer.StartAsync();
        await RefusedAsync(server, "{}", ["model: missing.", "dataset: missing."]);
        await RefusedAsync(server, """{"model": {}, "dataset": {}}""", ["model.path: missing.", "dataset.path: missing."]);
    }

    [Fact]
    public async Task Field_given_twice_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        await RefusedAsync(server, """{"name": "a", "name": "b"}""", ["name: given more than once.", "model: missing.", "dataset: missing."]);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        await using var server = await ApiServer.StartAsync();
        using var content = new ByteArrayContent([.. """{"name": " """u8, 0xff, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        Assert.StartsWith("body: not UTF-8.", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.Client.PostAsync("/api/audits", content, Ct))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_without_end_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        await RefusedAsync(server, $$"""{"name": "{{new string('a', 1_025)}}"}""", ["name: 1,025 characters. Expected at most 1,024.", "model: missing.", "dataset: missing."]);
    }

    [Fact]
    public async Task Many_problems_are_counted_and_not_all_told()
    {
        await using var server = await ApiServer.StartAsync();
        var body = $$"""{ {{string.Join(", ", Enumerable.Range(0, 5_000).Select(i => $"\"f{i}\": 1"))}} }""";
        var problems = await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.PostAsync("/api/audits", body));
        Assert.Equal(101, problems.Count);
        Assert.Equal("and 4,902 more problems.", problems[^1]);
    }

    [Fact]
    public async Task Body_of_another_type_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        var problem = Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.UnsupportedMediaType, await server.PostAsync("/api/audits", "name: x", "application/yaml")));
        Assert.Equal("content type: expected application/json.", problem);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_that_is_too_large_is_refused(bool chunked)
    {
        await using var server = await ApiServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/audits") { Content = new StringContent($$"""{"name": "{{new string('a', 1 << 20)}}"}""", Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = chunked;
        Assert.Equal("body: too large.", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, await server.Client.SendAsync(request, Ct))));
        Assert.Equal((0, 0), await server.CountAsync());
    }

    [Theory]
    [InlineData("limit=0", "limit: '0'. Expected a whole number from 1 to 1000.")]
    [InlineData("limit=x&state=asleep&before=7", "state: 'asleep'. Expected one of submitted,", "before: '7'. Expected an id", "limit: 'x'.")]
    [InlineData("limit=1&limit=2", "limit: given 2 times.")]
    [InlineData("lmit=2", "lmit: unknown parameter. Expected state, name, limit, before.")]
    [InlineData("name=a%00b", "name: \"a\\u0000b\" has control characters.")]
    public async Task Query_parameters_that_are_wrong_are_all_named(string query, params string[] problems)
    {
        await using var server = await ApiServer.StartAsync();
        var told = await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.Client.GetAsync($"/api/audits?{query}", Ct));
        Assert.Equal(problems.Length, told.Count);
        Assert.All(problems.Zip(told), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    private static JsonObject Laid(JsonObject part, JsonObject over)
    {
        var laid = part.DeepClone().AsObject();
        foreach (var (name, value) in over)
        {
            laid[name] = value?.DeepClone();
        }

        return laid;
    }

    private static async Task RefusedAsync(ApiServer server, string body, string[] problems)
    {
        var told = await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.PostAsync("/api/audits", body));
        Assert.All(problems, problem => Assert.Single(told, one => one.StartsWith(problem, StringComparison.Ordinal)));
        Assert.True(problems.Length == told.Count, string.Join('\n', told));
        Assert.Equal((0, 0), await server.CountAsync());
    }
}
