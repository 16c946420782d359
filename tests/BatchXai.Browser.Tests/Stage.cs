using BatchXai.Browser.Tests;
using BatchXai.Browser.Tests.Browsing;
using BatchXai.Browser.Tests.Sites;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Stage))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace BatchXai.Browser.Tests;

/// <summary>What all tests share, each made when a test first asks: the browser, two models, and the sites that show their audits.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly Lazy<Task<Chromium>> browser;
    private readonly Lazy<Models> models;
    private readonly Lazy<Task<ServerSite>> server;
    private readonly Lazy<Task<ServedSite>> served;

    public Stage()
    {
        var ct = TestContext.Current.CancellationToken;
        browser = new(() => Chromium.StartAsync(ct));
        models = new(() => new(ct));
        server = new(() => ServerSite.StartAsync(models.Value, ct));
        served = new(() => ServedSite.StartAsync(models.Value, ct));
    }

    public Models Models => models.Value;

    public Task<Chromium> BrowserAsync() => browser.Value;

    /// <summary>A server's pages.</summary>
    public Task<ServerSite> ServerAsync() => server.Value;

    /// <summary>The pages of <c>batchxai serve</c>.</summary>
    public Task<ServedSite> ServedAsync() => served.Value;

    public async ValueTask DisposeAsync()
    {
        await EndAsync(browser, async started => await started.DisposeAsync());
        await EndAsync(server, async started => await started.DisposeAsync());
        await EndAsync(served, started =>
        {
            started.Dispose();
            return Task.CompletedTask;
        });
        if (models.IsValueCreated)
        {
            models.Value.Dispose();
        }
    }

    /// <summary>What could not start has told the tests, and there is nothing to end.</summary>
    private static async Task EndAsync<T>(Lazy<Task<T>> started, Func<T, Task> end)
    {
        if (started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await end(await started.Value);
        }
    }
}
