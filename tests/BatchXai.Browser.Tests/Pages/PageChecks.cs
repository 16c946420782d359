using BatchXai.Browser.Tests.Browsing;
using Microsoft.Playwright;
using Xunit;

namespace BatchXai.Browser.Tests.Pages;

/// <summary>What must hold on every page. With <c>BATCHXAI_SCREENSHOTS=folder</c> each look is also kept there as a picture.</summary>
public static class PageChecks
{
    private const string Count = "() => [document.querySelectorAll('h1').length, document.querySelectorAll('main').length, document.documentElement.scrollWidth, document.documentElement.clientWidth]";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One heading, nothing to scroll sideways, and no complaint; nothing serious that axe finds in both widths and both schemes; on the desktop every control within reach of the keyboard.</summary>
    /// <param name="visit">The page is open there.</param>
    /// <param name="name">Of the page, for pictures.</param>
    /// <param name="look">How it is looked at.</param>
    /// <param name="walked">Its controls are within reach on another site that shows the same page: walking through them takes longest.</param>
    public static async Task CheckAsync(Visit visit, string name, Look look, bool walked = false)
    {
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(look);
        await PictureAsync(visit.Page, name, look);
        var facts = await visit.Page.EvaluateAsync<int[]>(Count);
        Assert.Equal((1, 1), (facts[0], facts[1]));
        Assert.True(facts[2] <= facts[3], $"{look.Name}: the page is {facts[2]} pixels wide, the window {facts[3]}");
        Assert.EndsWith(" · BatchXai", await visit.Page.TitleAsync(), StringComparison.Ordinal);
        if (Look.Opposite.Contains(look))
        {
            Assert.Empty(await Axe.SeriousAsync(visit.Page, Ct));
        }

        if (look == Look.Desktop && !walked)
        {
            Assert.Empty(await Keyboard.TroublesAsync(visit.Page));
        }

        visit.HasNoComplaint();
    }

    private static async Task PictureAsync(IPage page, string name, Look look)
    {
        if (Environment.GetEnvironmentVariable("BATCHXAI_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        // Pictures further down come when they are scrolled to.
        await page.EvaluateAsync("async () => { for (const image of document.images) { image.loading = 'eager'; await image.decode().catch(() => {}); } }");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-')}.{look.Name}.png"), FullPage = true });
    }
}
