using System.Net;
using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Storage.Artifacts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

public sealed class AuditPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_runs_shows_its_progress_and_names_its_events()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await server.SeedAsync(AuditState.Running, ShardState.Done, ShardState.Running, ShardState.Pending);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit}");
        Assert.Contains("14 of 30 items", page.Visible, StringComparison.Ordinal);
        Assert.Equal(("14", "30"), (page.ById("bar").Attribute("value")?.Value, page.ById("bar").Attribute("max")?.Value));
        Assert.Equal("/front.js", page.All("script").Single().Attribute("src")?.Value);
        Assert.Contains(page.All("noscript").Single().Descendants(), element => element.Attribute("href")?.Value == $"/audits/{audit}");
        using var script = await server.Client.GetAsync("/front.js", Ct);
        // Each name that the script fills is in the page.
        var shown = page.Root.Descendants().Select(element => element.Attribute("data-show")?.Value).OfType<string>().Order();
        Assert.Equal(shown, System.Text.RegularExpressions.Regex.Matches(await script.Content.ReadAsStringAsync(Ct), @"show\('(\w+)'").Select(match => match.Groups[1].Value).Distinct().Order());

        await server.MoveAsync(audit, AuditState.Failed);
        var events = await server.Client.GetStringAsync(page.ById("progress").Attribute("data-events")!.Value, Ct);
        Assert.Contains("event: end", events, StringComparison.Ordinal);
        using var unknown = await server.Client.GetAsync($"/audits/{Guid.NewGuid()}/events", Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task One_that_failed_says_why_and_how_to_go_on()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await server.SeedAsync(AuditState.Failed);
        await server.ChangeAsync(db => db.Audits.Where(row => row.Id == audit).ExecuteUpdateAsync(row => row.SetProperty(one => one.Error, "accuracy 3%: looks like another preprocessing"), Ct));
        var page = await ShownPage.GetAsync(server, $"/audits/{audit}");
        Assert.Contains("looks like another preprocessing", page.Visible, StringComparison.Ordinal);
        Assert.Equal($"batchxai retry {audit} --server {server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}", page.All("pre").Single().Value);
        Assert.Empty(page.All("script"));
    }

    [Fact]
    public async Task One_that_is_done_is_its_report_with_pictures_and_downloads_that_are_there()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await FinishedAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}");
        Assert.Contains(audit.Report.Headline.Finding, page.Visible, StringComparison.Ordinal);
        Assert.Contains(audit.Report.Verdict!.Sentence, page.Visible, StringComparison.Ordinal);
        Assert.All(audit.Report.Limits, limit => Assert.Contains(limit, page.Visible, StringComparison.Ordinal));
        var pictures = page.All("img").Select(image => image.Attribute("src")!.Value).Where(address => address.StartsWith('/')).ToList();
        var listed = audit.Report.Listed[0].Result.Item;
        // The image as it is, drawn when a browser asks, and beside it the heatmap that the report has.
        Assert.Equal([$"/audits/{audit.Id}/items/{listed}/image.jpg", $"/audits/{audit.Id}/report/evidence/item-{listed}.png"], pictures);
        var downloads = page.ById("downloads").Descendants().Select(element => element.Attribute("href")?.Value).OfType<string>().ToList();
        Assert.Equal(6, downloads.Count);
        foreach (var address in downloads.Append(pictures[1]))
        {
            using var answer = await server.Client.GetAsync(address, Ct);
            Assert.True(answer.IsSuccessStatusCode, address);
        }
    }

    [Fact]
    public async Task Numbers_lead_to_their_items_and_a_report_that_is_a_file_has_no_such_link()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await FinishedAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}");
        string[] expected =
        [
            $"/audits/{audit.Id}/items?class=cat&method=gradcam&target=predicted&sort=focus",
            $"/audits/{audit.Id}/items?class=cat&correct=false&method=gradcam&target=predicted&sort=confidence&desc=true",
            $"/audits/{audit.Id}/items?split=all&method=gradcam&target=predicted&sort=focus",
            $"/audits/{audit.Id}/items?outcome=explained",
            $"/audits/{audit.Id}/items/{audit.Report.Listed[0].Result.Item}",
        ];
        Assert.All(expected, link => Assert.Contains(link, page.Links));
        Assert.DoesNotContain("/items", await server.Client.GetStringAsync($"/audits/{audit.Id}/report/report.html", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_in_a_report_are_text()
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var name in Hostile.Names)
        {
            var rows = Enumerable.Range(0, 60).Select(i => Sample.Map(i, .8) with { Label = name, ItemId = name, PredictedName = name, Split = name }).ToList();
            var audit = await FinishedAudit.SeedAsync(server, rows, report => report with { Name = name, Warnings = [name] });
            var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}");
            Hostile.CheckShown(page, name);
            var link = page.Links.First(address => address.Contains("items?class=", StringComparison.Ordinal));
            Assert.Equal(name, System.Web.HttpUtility.ParseQueryString(new Uri(server.Client.BaseAddress!, link).Query)["class"]);
        }
    }

    [Fact]
    public async Task A_report_whose_files_are_gone_is_said_to_be()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await FinishedAudit.SeedAsync(server);
        await server.Blobs.DeleteAsync(ArtifactAddresses.Reports(audit.Id), Ct);
        Assert.Contains("The report is gone", (await ShownPage.GetAsync(server, $"/audits/{audit.Id}")).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_files_are_listed_page_by_page_and_can_be_fetched()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await FinishedAudit.SeedAsync(server);
        var odd = $"shards/000/{Hostile.Names[0].Replace('/', '_')} %41#?.npy";
        await server.Blobs.WriteAsync(ArtifactAddresses.Audit(audit.Id) + odd, new MemoryStream([7]), Ct);
        for (var number = 0; number < 200; number++)
        {
            await server.Blobs.WriteAsync(FormattableString.Invariant($"{ArtifactAddresses.Audit(audit.Id)}shards/{number:000}/items.parquet"), new MemoryStream([1]), Ct);
        }

        var first = await ShownPage.GetAsync(server, $"/audits/{audit.Id}/files");
        var link = first.All("main").Single().Descendants().Single(element => element.Value == odd && element.Name.LocalName == "a");
        Assert.Equal([7], await server.Client.GetByteArrayAsync(link.Attribute("href")!.Value, Ct));
        var next = first.All("a").Single(element => element.Attribute("rel")?.Value == "next").Attribute("href")!.Value;
        Assert.Contains((await ShownPage.GetAsync(server, next)).Links, address => address.EndsWith("/199/items.parquet", StringComparison.Ordinal));
        using var plan = await JsonDocument.ParseAsync(await server.Client.GetStreamAsync($"/audits/{audit.Id}/files/plan.json", Ct), cancellationToken: Ct);
        Assert.Equal(60, plan.RootElement.GetProperty("items").GetInt64());
    }
}
