using Microsoft.Playwright;
using Xunit;

namespace BatchXai.Browser.Tests.Browsing;

/// <summary>One person's window. It keeps what a page complains about: errors of scripts, files that do not come, and whatever the content policy stops.</summary>
public sealed class Visit : IAsyncDisposable
{
    private const string TellViolations = "document.addEventListener('securitypolicyviolation', e => console.error(`content policy: ${e.violatedDirective} stops ${e.blockedURI || 'inline'}`))";
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private Visit(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => Keep(message.Type is "error" or "warning" ? $"{message.Type}: {message.Text}" : null);
        page.PageError += (_, error) => Keep(error);
        page.Dialog += (_, dialog) => Keep($"dialog: {dialog.Message}");
        page.Response += (_, answer) => Keep(answer.Status >= 400 && !answer.Request.IsNavigationRequest ? $"{answer.Status}: {answer.Url}" : null);
    }

    public IPage Page { get; }

    internal static async Task<Visit> StartAsync(IBrowser browser, Uri site, Look look, bool scripts)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(), ViewportSize = new() { Width = look.Width, Height = look.Height }, ColorScheme = look.Scheme, JavaScriptEnabled = scripts,
        });
        context.SetDefaultTimeout(60_000); // Ends a test that hangs.
        await context.AddInitScriptAsync(TellViolations);
        return new(context, await context.NewPageAsync());
    }

    /// <summary>Opens a page, which must answer so.</summary>
    public async Task OpenAsync(string address, int status = 200)
    {
        var answer = await Page.GotoAsync(address);
        Assert.True(answer!.Status == status, $"{address}: {answer.Status}, not {status}: {await answer.TextAsync()}");
    }

    /// <summary>Presses a button that sends a form, and waits for the page that answers.</summary>
    public async Task SendAsync(string button, int status = 200)
    {
        var answer = await Page.RunAndWaitForResponseAsync(
            () => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync(),
            response => response.Request.IsNavigationRequest && response.Status is < 300 or >= 400);
        await Page.WaitForLoadStateAsync();
        Assert.True(answer.Status == status, $"{answer.Url}: {answer.Status}, not {status}: {await Page.Locator("main").InnerTextAsync()}");
    }

    /// <summary>No page so far has complained. That a page itself is a refusal is no complaint.</summary>
    public void HasNoComplaint()
    {
        lock (complaints)
        {
            Assert.Empty(complaints);
        }
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Keep(string? complaint)
    {
        // The browser writes so of the page itself too, which OpenAsync has looked at; other files are kept with their addresses.
        if (complaint is not null && !complaint.Contains("Failed to load resource", StringComparison.Ordinal))
        {
            lock (complaints)
            {
                complaints.Add(complaint);
            }
        }
    }
}
