using System.Collections.Concurrent;
using BatchXai.Testing.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BatchXai.Distributed.Tests.Telemetry;

/// <summary>Takes the traces that processes send over OTLP/HTTP.</summary>
internal sealed class SpanCollector : IAsyncDisposable
{
    private readonly ConcurrentBag<Span> spans = [];
    private readonly WebApplication server;

    private SpanCollector()
    {
        Address = new($"http://127.0.0.1:{FreePorts.Take(1)[0]}/");
        var builder = WebApplication.CreateSlimBuilder(["--urls", Address.ToString()]);
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            foreach (var span in Span.Read(body.ToArray()))
            {
                spans.Add(span);
            }
        });
        server.MapPost("/v1/{kind}", () => { });
    }

    public Uri Address { get; }

    public IReadOnlyList<Span> Spans => [.. spans];

    public static async Task<SpanCollector> StartAsync(CancellationToken ct)
    {
        var collector = new SpanCollector();
        await collector.server.StartAsync(ct);
        return collector;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
