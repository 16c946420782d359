using BatchXai.Browser.Tests.Browsing;
using BatchXai.Browser.Tests.Sites;
using Microsoft.Playwright;
using Xunit;

namespace BatchXai.Browser.Tests.Pages;

/// <summary>A browser that runs no script: links and forms do everything.</summary>
public sealed class WithoutScriptsTests(Stage stage)
{
    [Fact]
    public async Task Items_are_filtered_paged_and_opened()
    {
        var (browser, served) = (await stage.BrowserAsync(), await stage.ServedAsync());
        await using var visit = await browser.VisitAsync(served.Site.Address, Look.Desktop, scripts: false);
        var page = visit.Page;
        await visit.OpenAsync($"/audits/{served.Site.Biased}/items");
        Assert.Equal($"{Models.Images} items", await page.Locator("#found-title").InnerTextAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Next items" }).ClickAsync();
        Assert.Equal(60, await page.Locator("article.item").CountAsync());

        await page.GetByLabel("Class", new() { Exact = true }).FillAsync("disc");
        await page.GetByLabel("Order by").SelectOptionAsync("confidence");
        await visit.SendAsync("Show");
        Assert.Equal($"{Models.Images / 6} items", await page.Locator("#found-title").InnerTextAsync());
        await page.Locator("article.item a").First.ClickAsync();
        Assert.StartsWith("disc/", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next item" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "the list of items" }).ClickAsync();
        Assert.Equal("disc", await page.GetByLabel("Class", new() { Exact = true }).InputValueAsync());
    }

    [Fact]
    public async Task Two_audits_are_chosen_and_compared()
    {
        var (browser, served) = (await stage.BrowserAsync(), await stage.ServedAsync());
        await using var visit = await browser.VisitAsync(served.Site.Address, Look.Desktop, scripts: false);
        await visit.OpenAsync("/compare");
        await visit.Page.GetByLabel("First audit").SelectOptionAsync($"{served.Site.Biased}");
        await visit.Page.GetByLabel("Second audit").SelectOptionAsync($"{served.Site.Balanced}");
        await visit.SendAsync("Compare");
        Assert.True(await visit.Page.Locator("main table tbody tr").CountAsync() > 0);
    }
}
