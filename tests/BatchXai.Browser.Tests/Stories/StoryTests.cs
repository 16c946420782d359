using System.Text.Json;
using BatchXai.Browser.Tests.Browsing;
using BatchXai.Browser.Tests.Pages;
using BatchXai.Browser.Tests.Sites;
using BatchXai.Clusters.Processes;
using Microsoft.Playwright;
using Xunit;

namespace BatchXai.Browser.Tests.Stories;

/// <summary>What a person does from the form that starts an audit to the report that is handed on, in one window.</summary>
public sealed class StoryTests(Stage stage)
{
    private const string KeepProgress = """
        () => {
          const keep = () => sessionStorage.setItem('moves', JSON.stringify([...JSON.parse(sessionStorage.getItem('moves') ?? '[]'), document.querySelector('[data-show=state]').textContent]));
          new MutationObserver(keep).observe(document.getElementById('progress'), { subtree: true, childList: true, characterData: true });
        }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_form_to_the_report()
    {
        var (browser, server) = (await stage.BrowserAsync(), await stage.ServerAsync());
        await using var visit = await browser.VisitAsync(server.Site.Address, Look.Desktop);
        var audit = await SubmitAsync(visit, server);
        await WatchAsync(browser, visit, server);
        Assert.Matches("^(PASS|WARN|FAIL|INSUFFICIENT)", await visit.Page.Locator("#verdict .verdict b").First.InnerTextAsync());
        await OpenWorstAsync(visit.Page);
        await LookCloselyAsync(visit.Page);
        await SwapBackgroundsAsync(visit, audit);
        await DrawLassoAsync(visit, audit);
        await SaveCohortAsync(visit, audit);
        await CompareAsync(visit, audit, server.Site.Balanced);
        await DownloadAsync(visit, audit);
        visit.HasNoComplaint();
    }

    /// <summary>Fills the form in; the worker is frozen meanwhile, so that the audit is met before it moves.</summary>
    private async Task<Guid> SubmitAsync(Visit visit, ServerSite server)
    {
        var page = visit.Page;
        await visit.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Submit" }).ClickAsync();
        await page.GetByLabel("Model file").FillAsync(stage.Models.Model("biased"));
        await page.GetByLabel("Output names").FillAsync(stage.Models.Labels);
        await page.GetByLabel("Preset", new() { Exact = true }).SelectOptionAsync("0-1");
        await page.GetByText("More: mean, ").ClickAsync();
        await page.GetByLabel("Mean", new() { Exact = true }).FillAsync("0.5");
        await page.GetByLabel("Standard deviation").FillAsync("0.5");
        await page.GetByLabel("Fit", new() { Exact = true }).SelectOptionAsync("squash");
        await page.GetByLabel("Images (needed)").FillAsync(stage.Models.DataFolder);
        await page.GetByLabel("Masks").FillAsync(stage.Models.MaskFolder);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("A story");
        await page.GetByLabel("cam", new() { Exact = true }).CheckAsync();
        await page.GetByText("More: target, ").ClickAsync();
        await page.GetByLabel("Items in a shard").FillAsync("60");
        server.Worker.Send(Signal.Stop);
        await visit.SendAsync("Start the audit");
        Assert.Equal("A story", await page.Locator("h1").InnerTextAsync());
        return Guid.Parse(page.Url[(page.Url.LastIndexOf('/') + 1)..]);
    }

    /// <summary>Progress moves by itself, and in the end the report is there: nobody has asked for the page again.</summary>
    private static async Task WatchAsync(Chromium browser, Visit visit, ServerSite server)
    {
        foreach (var look in Look.All)
        {
            await using var other = await browser.VisitAsync(server.Site.Address, look);
            await other.OpenAsync(new Uri(visit.Page.Url).AbsolutePath);
            await PageChecks.CheckAsync(other, "server audit going on", look);
        }

        await visit.Page.EvaluateAsync(KeepProgress);
        server.Worker.Send(Signal.Continue);
        await visit.Page.Locator("#finding").WaitForAsync(new() { Timeout = 120_000 });
        var states = await visit.Page.EvaluateAsync<string[]>("() => JSON.parse(sessionStorage.getItem('moves') ?? '[]')");
        Assert.Contains(states, state => state is "running" or "reporting");
    }

    /// <summary>From the first row of the table of classes, the least focused one, to its least focused item.</summary>
    private static async Task OpenWorstAsync(IPage page)
    {
        var row = page.Locator("#classes tbody tr").First;
        var (name, items) = (await row.Locator("th").InnerTextAsync(), row.GetByRole(AriaRole.Link).Last);
        var count = await items.InnerTextAsync();
        await items.ClickAsync();
        Assert.Equal($"{count} items", await page.Locator("#found-title").InnerTextAsync());
        Assert.Equal(name, await page.GetByLabel("Class", new() { Exact = true }).InputValueAsync());
        await page.Locator("article.item a").First.ClickAsync();
        Assert.StartsWith($"{name}/", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Heatmaps over the image, and what the model says on other backgrounds.</summary>
    private static async Task LookCloselyAsync(IPage page)
    {
        var heatmap = page.Locator("img.heatmap").First;
        Assert.True(await heatmap.EvaluateAsync<int>("async image => { await image.decode(); return image.naturalWidth; }") > 0);
        Assert.Equal("0.6", await OpacityAsync());
        await page.Locator("#opacity").FocusAsync();
        await page.Keyboard.PressAsync("End");
        Assert.Equal("1", await OpacityAsync());
        await page.GetByLabel("Heatmap", new() { Exact = true }).UncheckAsync();
        Assert.False(await heatmap.IsVisibleAsync());
        Assert.True(await page.Locator("img.outline").First.IsVisibleAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "cividis" }).ClickAsync();
        Assert.Contains("map=cividis", await heatmap.GetAttributeAsync("src"), StringComparison.Ordinal);
        Assert.Equal(10, await page.Locator("#causal tbody tr").CountAsync());

        Task<string> OpacityAsync() => heatmap.EvaluateAsync<string>("image => getComputedStyle(image).opacity");
    }

    /// <summary>An item whose answer turns, as it is and on another background, at the same place of the page.</summary>
    private static async Task SwapBackgroundsAsync(Visit visit, Guid audit)
    {
        var page = visit.Page;
        await visit.OpenAsync($"/audits/{audit}/items?turned=true");
        await page.Locator("article.item a").First.ClickAsync();
        while (await page.Locator("#tested").CountAsync() == 0) // Pictures are kept of some of them.
        {
            await visit.OpenAsync((await page.GetByRole(AriaRole.Link, new() { Name = "Next item" }).GetAttributeAsync("href"))!);
        }

        var shown = page.Locator("#tested figure:visible");
        var before = await shown.Locator("img").GetAttributeAsync("src");
        await page.Locator("#tested label").Nth(2).ClickAsync();
        Assert.Equal(1, await shown.CountAsync());
        Assert.NotEqual(before, await shown.Locator("img").GetAttributeAsync("src"));
        Assert.True(await shown.Locator("img").EvaluateAsync<int>("async image => { await image.decode(); return image.naturalWidth; }") > 0);
    }

    /// <summary>A line around all marks of a class chooses its items; what a person says of them stays; Escape chooses nothing.</summary>
    private static async Task DrawLassoAsync(Visit visit, Guid audit)
    {
        var page = visit.Page;
        await visit.OpenAsync($"/audits/{audit}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Groups of heatmaps" }).ClickAsync();
        await page.WaitForURLAsync("**/clusters"); // With its script.
        var plot = page.Locator("#plot");
        await plot.ScrollIntoViewIfNeededAsync();
        var (box, marks) = ((await plot.BoundingBoxAsync())!, await plot.Locator("a").CountAsync());
        var (left, top, right, bottom) = (box.X + 5, box.Y + 5, box.X + box.Width - 5, box.Y + box.Height - 5);
        await page.Mouse.MoveAsync(left, top);
        await page.Mouse.DownAsync();
        foreach (var (x, y) in new[] { (right, top), (right, bottom), (left, bottom) })
        {
            await page.Mouse.MoveAsync(x, y);
        }

        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator("#selection-title")).ToContainTextAsync($"{marks} items", new() { Timeout = 60_000 });
        Assert.Equal(marks, await page.Locator("#selection .strip li").CountAsync());
        Assert.Contains("items=", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("shortcut", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("stripes, not discs");
        await visit.SendAsync("Store the review");
        var review = page.Locator("#reviews tbody tr").First;
        Assert.Equal($"{marks} items", await review.Locator("th").InnerTextAsync());
        Assert.Equal(["shortcut", "stripes, not discs"], (await review.Locator("td").AllInnerTextsAsync()).Take(2));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#selection-title")).ToHaveTextAsync("Nothing is chosen", new() { Timeout = 60_000 });
    }

    /// <summary>A filter gets a name, and is chosen by it.</summary>
    private static async Task SaveCohortAsync(Visit visit, Guid audit)
    {
        await visit.OpenAsync($"/audits/{audit}/items?class=disc");
        var count = await visit.Page.Locator("#found-title").InnerTextAsync();
        await visit.Page.GetByText("Save as a cohort").ClickAsync();
        await visit.Page.GetByLabel("Name of the cohort").FillAsync("Discs of a story");
        await visit.SendAsync("Save");
        await visit.OpenAsync($"/audits/{audit}/items");
        await visit.Page.GetByLabel("Cohort", new() { Exact = true }).SelectOptionAsync("Discs of a story");
        await visit.SendAsync("Choose");
        Assert.Equal(count, await visit.Page.Locator("#found-title").InnerTextAsync());
    }

    private static async Task CompareAsync(Visit visit, Guid audit, Guid other)
    {
        var page = visit.Page;
        await visit.OpenAsync($"/audits/{audit}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare with another audit" }).ClickAsync();
        Assert.Equal($"{audit}", await page.GetByLabel("First audit").InputValueAsync());
        await page.GetByLabel("Second audit").SelectOptionAsync($"{other}");
        await visit.SendAsync("Compare");
        Assert.EndsWith($"/compare?first={audit}&second={other}", page.Url, StringComparison.Ordinal);
        Assert.True(await page.Locator("main table tbody tr").CountAsync() > 0);
    }

    private static async Task DownloadAsync(Visit visit, Guid audit)
    {
        await visit.OpenAsync($"/audits/{audit}");
        var report = JsonSerializer.Deserialize<JsonElement>(await SavedAsync("Report as JSON"));
        Assert.Equal(audit, report.GetProperty("auditId").GetGuid());
        Assert.Equal(1 + (2 * Models.Images), (await SavedAsync("Items as CSV")).TrimEnd('\n').Split('\n').Length);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Report, one page" }).ClickAsync();
        Assert.Equal("A story", await visit.Page.Locator("h1").InnerTextAsync());

        async Task<string> SavedAsync(string link)
        {
            var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync());
            return await File.ReadAllTextAsync(await download.PathAsync(), Ct);
        }
    }
}
