using BatchXai.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;

namespace BatchXai.Browser.Tests.Pages;

/// <summary>The pages of a server, in every look.</summary>
public sealed class ServerPagesTests(Stage stage)
{
    public static TheoryData<string> Names => [.. SitePage.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_whole(string name)
    {
        var (browser, server, page) = (await stage.BrowserAsync(), await stage.ServerAsync(), SitePage.All[name]);
        foreach (var look in Look.All)
        {
            await using var visit = await browser.VisitAsync(server.Site.Address, look);
            await visit.OpenAsync(page.Address(server.Site), page.Status);
            await PageChecks.CheckAsync(visit, $"server {name}", look);
        }
    }

    [Fact]
    public async Task A_failed_audit_is_whole_and_says_why()
    {
        var (browser, server) = (await stage.BrowserAsync(), await stage.ServerAsync());
        foreach (var look in Look.All)
        {
            await using var visit = await browser.VisitAsync(server.Site.Address, look);
            await visit.OpenAsync($"/audits/{server.Failed}");
            Assert.Contains("nothing.onnx", await visit.Page.Locator(".alarm").InnerTextAsync(), StringComparison.Ordinal);
            await PageChecks.CheckAsync(visit, "server audit failed", look);
        }
    }

    [Fact]
    public async Task A_form_that_lacks_everything_comes_back_whole_with_every_problem()
    {
        var (browser, server) = (await stage.BrowserAsync(), await stage.ServerAsync());
        foreach (var look in Look.All)
        {
            await using var visit = await browser.VisitAsync(server.Site.Address, look);
            await visit.OpenAsync("/submit");
            await visit.Page.GetByText("More: target, ").ClickAsync();
            await visit.Page.GetByLabel("Items in a shard").FillAsync("many");
            await visit.SendAsync("Start the audit", status: 400);
            var problems = await visit.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Listitem).AllInnerTextsAsync();
            Assert.All(["model.path", "dataset.path", "shardSize"], field => Assert.Contains(problems, problem => problem.StartsWith(field, StringComparison.Ordinal)));
            Assert.Equal("many", await visit.Page.GetByLabel("Items in a shard").InputValueAsync());
            await PageChecks.CheckAsync(visit, "server submit refused", look);
        }
    }
}
