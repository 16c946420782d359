using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace BatchXai.Clusters.Sabotage;

/// <summary>How the blob service answers.</summary>
public enum BlobWeather
{
    /// <summary>As it is.</summary>
    Fine,

    /// <summary>Every third request is refused with 503, every seventh is cut off.</summary>
    Rough,

    /// <summary>Every request is refused with 503.</summary>
    Down,

    /// <summary>No request is answered: the client waits until it gives up.</summary>
    Silent,
}

/// <summary>A server in front of the blob service that loses some of its requests.</summary>
public sealed class FaultyBlobs : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
    private readonly Uri target;
    private int requests;
    private int refused;

    private FaultyBlobs(WebApplication server, Uri target) => (this.server, this.target) = (server, target);

    public BlobWeather Weather { get; set; }

    /// <summary>Requests that got no answer or a bad one.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>The connection string with this server in the place of the service.</summary>
    public string ConnectionString { get; private set; } = "";

    public static async Task<FaultyBlobs> StartAsync(string connectionString, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var endpoint = new Uri(connectionString.Split(';').Single(part => part.StartsWith("BlobEndpoint=", StringComparison.Ordinal))["BlobEndpoint=".Length..]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null).UseUrls("http://127.0.0.1:0");
        var blobs = new FaultyBlobs(builder.Build(), endpoint);
        blobs.server.Run(blobs.AnswerAsync);
        await blobs.server.StartAsync(ct);
        var here = new Uri(blobs.server.Urls.Single());
        blobs.ConnectionString = connectionString.Replace(endpoint.GetLeftPart(UriPartial.Authority), here.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        return blobs;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        client.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref requests);
        switch (Weather)
        {
            case BlobWeather.Down:
            case BlobWeather.Rough when number % 3 == 0:
                Interlocked.Increment(ref refused);
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            case BlobWeather.Rough when number % 7 == 0:
                Interlocked.Increment(ref refused);
                context.Abort();
                return;
            case BlobWeather.Silent:
                Interlocked.Increment(ref refused);
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            default:
                await ForwardAsync(context);
                return;
        }
    }

    private async Task ForwardAsync(HttpContext context)
    {
        // As it came: the signature covers the path exactly as the client wrote it.
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(target.GetLeftPart(UriPartial.Authority) + path));
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }
        else if (context.Request.ContentLength == 0)
        {
            request.Content = new ByteArrayContent([]);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var response = await client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Connection")))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
