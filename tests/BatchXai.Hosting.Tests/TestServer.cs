using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace BatchXai.Hosting.Tests;

/// <summary>A web program on a free port, as our programs are.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private TestServer(WebApplication program) => (Program, Client) = (program, new HttpClient { BaseAddress = new Uri(program.Urls.Single()) });

    public WebApplication Program { get; }

    public HttpClient Client { get; }

    public static async Task<TestServer> StartAsync(Action<WebApplicationBuilder> services, Action<WebApplication> endpoints, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        services(builder);
        var program = builder.Build();
        endpoints(program);
        await program.StartAsync(ct);
        return new(program);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Program.StopAsync();
        await Program.DisposeAsync();
    }
}
