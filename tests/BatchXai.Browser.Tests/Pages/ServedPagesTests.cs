using BatchXai.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;

namespace BatchXai.Browser.Tests.Pages;

/// <summary>The pages of <c>batchxai serve</c>: the same ones, over folders; what they look like is asked of the server's.</summary>
public sealed class ServedPagesTests(Stage stage)
{
    public static TheoryData<string> Names => [.. SitePage.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_whole(string name)
    {
        var (browser, served, page) = (await stage.BrowserAsync(), await stage.ServedAsync(), SitePage.All[name]);
        foreach (var look in Look.Opposite)
        {
            await using var visit = await browser.VisitAsync(served.Site.Address, look);
            await visit.OpenAsync(page.Address(served.Site), page.Status);
            await PageChecks.CheckAsync(visit, $"serve {name}", look, walked: true);
        }
    }

    [Fact]
    public async Task It_opens_on_the_audits_of_this_machine_without_a_word_about_folders()
    {
        var (browser, served) = (await stage.BrowserAsync(), await stage.ServedAsync());
        await using var visit = await browser.VisitAsync(served.Site.Address, Look.Desktop);
        await visit.OpenAsync("/");
        var rows = visit.Page.Locator("tbody tr");
        Assert.Equal(["balanced model", "biased model"], await rows.Locator("th a").AllInnerTextsAsync());
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "biased model" }).ClickAsync();
        await visit.Page.WaitForURLAsync($"**/audits/{served.Site.Biased}");
        Assert.Equal("biased model", await visit.Page.Locator("h1").InnerTextAsync());
        visit.HasNoComplaint();
    }
}
