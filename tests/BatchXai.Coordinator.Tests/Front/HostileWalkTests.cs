using System.Net;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Storage.Artifacts;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>
/// Every address of the real server that can be looked at, those of later too, as its own table of routes has them: whatever strangers have called their models, classes, splits and files is
/// text there. A page whose address needs more than an audit and an item fails until it is visited here.
/// </summary>
public sealed class HostileWalkTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, Func<HostileAudit, IEnumerable<string>>> Visits = new()
    {
        ["/"] = _ => ["/", .. ForEach("/?model=")],
        ["/access-log"] = _ => ["/access-log", .. ForEach("/access-log?subject=")],
        ["/audits/{id:guid}"] = audit => [$"/audits/{audit.First}", .. audit.Others.Select(other => $"/audits/{other}")],
        ["/audits/{id:guid}/clusters"] = audit => [$"/audits/{audit.First}/clusters", .. ForEach($"/audits/{audit.First}/clusters?class=")],
        ["/audits/{id:guid}/files/{**path}"] = audit => audit.Files.Select(file => $"/audits/{audit.First}/files/{file}"),
        ["/audits/{id:guid}/items"] = audit => [$"/audits/{audit.First}/items", .. ForEach($"/audits/{audit.First}/items?class="), .. ForEach($"/audits/{audit.First}/items?split=")],
        ["/audits/{id:guid}/items/{item:long}"] = audit => Hostile.All.Select((_, item) => $"/audits/{audit.First}/items/{item}"),
        ["/audits/{id:guid}/items/{item:long}/tested/{test}.jpg"] = audit => [$"/audits/{audit.First}/items/0/tested/as_is.jpg"],
        ["/audits/{id:guid}/report/{**name}"] = audit => new[] { "report.html", "report.json", "clusters.json", "model-card.md", "classes.csv", "items.csv" }.Select(file => $"/audits/{audit.First}/report/{file}"),
        ["/compare"] = audit => ["/compare", $"/compare?first={audit.First}", $"/compare?first={audit.First}&second={audit.Second}"],
        ["/keys/{key}/revoke"] = audit => [$"/keys/{audit.Key}/revoke", .. ForEach("/keys/").Select(key => $"{key}/revoke")],
        ["/models/{name}"] = _ => ForEach("/models/"),
        ["/sign-in"] = _ => ["/sign-in", .. ForEach("/sign-in?return=/")],
        ["/api/audits/{id:guid}/artifacts/{**path}"] = audit => audit.Files.Select(file => $"/api/audits/{audit.First}/artifacts/{file}"),
        ["/api/audits/{id:guid}/evidence/{name}"] = audit => [$"/api/audits/{audit.First}/evidence/item-0.png"],
        ["/api/models/{sha256}"] = _ => [$"/api/models/{new string('0', 64)}", .. ForEach($"/api/models/{new string('0', 64)}?name=")],
        ["/openapi/{documentName}.json"] = _ => ["/openapi/v1.json"],
    };

    /// <summary>Where every name must be found, as it is.</summary>
    private static readonly string[] Shown =
    [
        "/", "/access-log", "/audits/{id:guid}", "/audits/{id:guid}/items", "/audits/{id:guid}/items/{item:long}", "/audits/{id:guid}/report/{**name}", "/cohorts", "/compare", "/keys", "/system",
        "/api/access-log", "/api/audits", "/api/audits/{id:guid}/classes.csv", "/api/audits/{id:guid}/clusters.json", "/api/audits/{id:guid}/reviews", "/api/cohorts", "/api/audits/{id:guid}/items.csv", "/api/audits/{id:guid}/report", "/api/audits/{id:guid}/report.html", "/api/keys", "/api/workers",
        "/api/audits/{id:guid}/artifacts/{**path}", "/audits/{id:guid}/files/{**path}",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hostile_names_are_text_on_every_page_and_in_every_download()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}");
        var audit = await HostileAudit.SeedAsync(server);
        List<string> unvisited = [];
        foreach (var endpoint in server.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true))
        {
            var route = $"/{endpoint.RoutePattern.RawText!.Trim('/')}";
            if ((Visits.GetValueOrDefault(route) ?? Plain(endpoint)) is not { } visit)
            {
                unvisited.Add(route);
                continue;
            }

            List<string> texts = [];
            var answered = false;
            foreach (var address in visit(audit))
            {
                var (status, found) = await LookAsync(server, address);
                Assert.True(status < HttpStatusCode.InternalServerError, $"{address}: {status}");
                answered |= status == HttpStatusCode.OK;
                texts.AddRange(found);
            }

            // Pictures that were never drawn, a file that nobody has sent.
            Assert.True(answered || Path.GetExtension(route) is ".jpg" or ".png" || route is "/api/models/{sha256}" or "/api/audits/{id:guid}/evidence/{name}", route);
            Assert.All(Shown.Contains(route) ? Hostile.All : [], name => Assert.True(texts.Exists(text => text.Contains(name, StringComparison.Ordinal)), $"{route} does not show {name}"));
        }

        Assert.Empty(unvisited);
    }

    private static IEnumerable<string> ForEach(string address) => Hostile.All.Select(name => address + Uri.EscapeDataString(name));

    /// <summary>An address that needs no more than an audit, another and an item; null: it needs more.</summary>
    private static Func<HostileAudit, IEnumerable<string>>? Plain(RouteEndpoint endpoint) => endpoint.RoutePattern.Parameters.All(parameter => parameter.Name is "id" or "other" or "item")
        ? audit => ["/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" } => $"{audit.First}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "other" } => $"{audit.Second}",
            _ => "0",
        }))))]
        : null;

    /// <summary>Looks at one address as its visitors do, and checks that nothing in it is more than text.</summary>
    private static async Task<(HttpStatusCode Status, IReadOnlyList<string> Texts)> LookAsync(ApiServer server, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html,*/*;q=0.8");
        if (!address.StartsWith("/sign-in", StringComparison.Ordinal))
        {
            request.Headers.Add("X-Api-Key", Admin);
        }

        using var answer = await server.Client.SendAsync(request, Ct);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        if (address.EndsWith(".parquet", StringComparison.Ordinal))
        {
            return (answer.StatusCode, [.. await ItemsParquet.ReadAsync(await answer.Content.ReadAsStreamAsync(Ct), Ct).Select(row => row.Label!).ToListAsync(Ct)]);
        }

        var text = await answer.Content.ReadAsStringAsync(Ct);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType switch
        {
            "text/html" => HostileContent.OfPage(text),
            "application/json" or "application/problem+json" => HostileContent.OfJson(text),
            "text/csv" => HostileContent.OfCsv(text),
            "text/markdown" => HostileContent.OfMarkdown(text),
            "text/event-stream" => HostileContent.OfEvents(text),
            // Nothing here is read as anything else: browsers are told not to guess.
            _ => [],
        });
    }
}
