using BatchXai.Testing.Services;
using Microsoft.Playwright;

namespace BatchXai.Browser.Tests.Browsing;

/// <summary>The browser: the installed one, or the one that tests/services.sh has unpacked; never a download of the driver's.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright driver;
    private readonly IBrowser browser;

    private Chromium(IPlaywright driver, IBrowser browser) => (this.driver, this.browser) = (driver, browser);

    public static async Task<Chromium> StartAsync(CancellationToken ct)
    {
        var program = await FetchedProgram.PathAsync("chromium", ct);
        var driver = await Playwright.CreateAsync();
        // As root it refuses to start in its sandbox.
        return new(driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = program, ChromiumSandbox = !Environment.IsPrivilegedProcess }));
    }

    /// <summary>Somebody new comes, who has no cookie and nothing in the cache.</summary>
    public Task<Visit> VisitAsync(Uri site, Look look, bool scripts = true) => Visit.StartAsync(browser, site, look, scripts);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        driver.Dispose();
    }
}
