using System.Net;
using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Storage.Artifacts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

public sealed class SubmitPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filled_form_starts_the_audit_that_it_describes_and_leads_to_it()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var asked = server.Request();
        var form = await FormAsync(browser, ("model.path", asked.Model.Path), ("dataset.path", asked.Dataset.Path), ("name", Hostile.Names[0]), ("preprocess", "caffe"), ("preprocess.std", "2 3 4"), ("preprocess.width", "64"),
            ("targets", "both"), ("causal", "full"), ("shardSize", "100"), ("seed", "-5"), ("methods", "gradcam"), ("methods", "saliency"));
        using var answer = await browser.PostAsync("/submit", new FormUrlEncodedContent(form), Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        // Sent twice, as a double click does, it is the same audit.
        using var again = await browser.PostAsync("/submit", new FormUrlEncodedContent(form), Ct);
        Assert.Equal(answer.Headers.Location, again.Headers.Location);
        Assert.Equal(1, (await server.CountAsync()).Audits);
        Hostile.CheckShown(await ShownPage.GetAsync(server, answer.Headers.Location!.OriginalString), Hostile.Names[0]);
        var stored = "";
        await server.ChangeAsync(async db => stored = (await db.Audits.SingleAsync(Ct)).Request);
        var request = JsonSerializer.Deserialize<AuditRequest>(stored, StorageJson.Options)!;
        Assert.Equal((Hostile.Names[0], TargetChoice.Both, CausalChoice.Full, 100, -5), (request.Name, request.Targets, request.Causal, request.ShardSize, request.Seed));
        Assert.Equal(["gradcam", "saliency"], request.Methods);
        var caffe = PreprocessPresets.All["caffe"];
        Assert.Equal((caffe.Order, caffe.Scale, 64, (int?)null), (request.Model.Preprocess.Order, request.Model.Preprocess.Scale, request.Model.Preprocess.Width, request.Model.Preprocess.Height));
        Assert.Equal(caffe.Mean, request.Model.Preprocess.Mean);
        Assert.Equal([2, 3, 4], request.Model.Preprocess.Std);
    }

    [Fact]
    public async Task Every_problem_is_told_beside_its_field_and_what_was_typed_is_kept()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var form = await FormAsync(browser, ("model.path", "/nowhere/model.onnx"), ("dataset.path", Hostile.Names[1]), ("shardSize", "many"), ("weight", "1000"), ("preprocess.mean", "a, b"));
        form.RemoveAll(field => field.Key == "methods");
        var page = await ShownPage.OfAsync(await browser.PostAsync("/submit", new FormUrlEncodedContent(form), Ct), HttpStatusCode.BadRequest);
        string[] wrong = ["model-path", "dataset-path", "shardSize", "weight", "preprocess-mean"];
        Assert.Equal(wrong.Order(), page.Root.Descendants().Where(element => element.Attribute("aria-invalid")?.Value == "true").Select(element => element.Attribute("id")!.Value).Order());
        Assert.Contains("methods: none given", page.Visible, StringComparison.Ordinal);
        Assert.All(wrong, field => Assert.NotEmpty(page.ById($"{field}-problem").Value));
        Assert.Equal(("many", Hostile.Names[1]), (page.ById("shardSize").Attribute("value")?.Value, page.ById("dataset-path").Attribute("value")?.Value));
        Assert.Equal(0, (await server.CountAsync()).Audits);
    }

    [Fact]
    public async Task A_form_of_somebody_else_starts_nothing()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var asked = server.Request();
        var form = await FormAsync(browser, ("model.path", asked.Model.Path), ("dataset.path", asked.Dataset.Path));
        using var stranger = new HttpClient { BaseAddress = server.Client.BaseAddress };
        var page = await ShownPage.OfAsync(await stranger.PostAsync("/submit", new FormUrlEncodedContent(form), Ct), HttpStatusCode.BadRequest);
        Assert.Contains("was not made by this server", page.Visible, StringComparison.Ordinal);
        Assert.Equal(asked.Model.Path, page.ById("model-path").Attribute("value")?.Value);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/submit") { Content = new FormUrlEncodedContent(form), Headers = { { "Origin", "http://example.org" } } };
        using var refused = await browser.SendAsync(foreign, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(0, (await server.CountAsync()).Audits);
    }

    [Fact]
    public async Task Every_part_of_a_request_has_a_field()
    {
        await using var server = await ApiServer.StartAsync();
        var names = (await ShownPage.GetAsync(server, "/submit")).Root.Descendants().Select(element => element.Attribute("name")?.Value).OfType<string>().ToHashSet();
        var json = JsonSerializer.SerializeToElement(server.Request() with { Model = new() { Path = "", Labels = "", Layer = "", Output = "", Preprocess = new() { Width = 1, Height = 1, ResizeShorter = 1 } }, Dataset = new() { Path = "", Masks = "", ClassMap = "", Split = "" } }, StorageJson.Options);
        var fields = json.EnumerateObject().SelectMany(part => part.Value.ValueKind != JsonValueKind.Object ? [part.Name]
            : part.Value.EnumerateObject().SelectMany(field => field.Value.ValueKind != JsonValueKind.Object ? [$"{part.Name}.{field.Name}"] : field.Value.EnumerateObject().Select(inner => $"{field.Name}.{inner.Name}")));
        // The files of a model's weights belong to an upload.
        Assert.Empty(fields.Except(names).Except(["model.weightFiles"]));
    }

    /// <summary>A browser: it keeps its cookies, and shows where it is sent.</summary>
    private static HttpClient Browser(ApiServer server) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Client.BaseAddress };

    /// <summary>The form as it is served, with some fields filled.</summary>
    private static async Task<List<KeyValuePair<string, string>>> FormAsync(HttpClient browser, params (string Name, string Value)[] filled)
    {
        var page = await ShownPage.OfAsync(await browser.GetAsync("/submit", Ct), HttpStatusCode.OK);
        Assert.All(page.Answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("samesite=strict; httponly", cookie, StringComparison.Ordinal));
        var fields = page.All("form").Single().Descendants().Where(element => element.Attribute("name") is not null && (element.Attribute("type")?.Value != "checkbox" || element.Attribute("checked") is not null))
            .Select(element => KeyValuePair.Create(element.Attribute("name")!.Value, element.Name.LocalName == "select"
                ? (element.Elements().SingleOrDefault(option => option.Attribute("selected") is not null) ?? element.Elements().First()).Attribute("value")!.Value
                : element.Attribute("value")?.Value ?? "")).ToList();
        fields.RemoveAll(field => filled.Any(one => one.Name == field.Key));
        return [.. fields, .. filled.Select(one => KeyValuePair.Create(one.Name, one.Value))];
    }
}
