using BatchXai.Browser.Tests.Browsing;
using BatchXai.Browser.Tests.Pages;
using Microsoft.Playwright;
using Xunit;

namespace BatchXai.Browser.Tests.Stories;

/// <summary>The way into a closed server, and what its administrators find there.</summary>
public sealed class DoorTests(Stage stage)
{
    private static readonly string Admin = $"bxk_admin_{string.Concat(Enumerable.Repeat("0123456789abcdef", 4))}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_enters_with_a_key_makes_another_and_revokes_it()
    {
        var (browser, server) = (await stage.BrowserAsync(), await stage.ServerAsync());
        var closed = await server.CloseAsync(Admin, Ct);
        foreach (var look in Look.All)
        {
            await using var visit = await browser.VisitAsync(closed, look);
            var page = visit.Page;
            await visit.OpenAsync($"/audits/{server.Site.Biased}");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
            await PageChecks.CheckAsync(visit, "closed sign-in", look);
            await page.GetByLabel("Key", new() { Exact = true }).FillAsync($"{Admin[..^1]}0");
            await visit.SendAsync("Sign in", status: 401);
            await PageChecks.CheckAsync(visit, "closed sign-in refused", look);
            await page.GetByLabel("Key", new() { Exact = true }).FillAsync(Admin);
            await visit.SendAsync("Sign in");
            Assert.EndsWith($"/audits/{server.Site.Biased}", page.Url, StringComparison.Ordinal);

            await page.GetByRole(AriaRole.Link, new() { Name = "Keys", Exact = true }).ClickAsync();
            await page.GetByLabel("Name", new() { Exact = true }).FillAsync(look.Name);
            await visit.SendAsync("Create", status: 201);
            Assert.StartsWith("bxk_", await page.Locator("#new-key").InnerTextAsync(), StringComparison.Ordinal);
            Assert.Equal(look.Name, await page.Locator("tbody th").First.InnerTextAsync());
            await PageChecks.CheckAsync(visit, "closed keys", look);
            await visit.OpenAsync("/keys");
            Assert.Equal(0, await page.Locator("#new-key").CountAsync());

            await page.GetByRole(AriaRole.Link, new() { Name = "Revoke key" }).First.ClickAsync();
            await PageChecks.CheckAsync(visit, "closed revoke", look);
            await visit.SendAsync("Revoke it");
            Assert.StartsWith("revoked", await page.Locator("tbody tr").First.Locator("td").Nth(2).InnerTextAsync(), StringComparison.Ordinal);

            await page.GetByRole(AriaRole.Link, new() { Name = "Access log" }).ClickAsync();
            Assert.True(await page.Locator("tbody tr").CountAsync() > 0);
            await PageChecks.CheckAsync(visit, "closed access log", look);
            Assert.DoesNotContain(Admin[^16..], await page.ContentAsync(), StringComparison.Ordinal);
            await visit.SendAsync("Sign out");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
        }
    }
}
