using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Hosting.Tests.Telemetry;

/// <summary>Takes what a process exports over OTLP/HTTP. Protocol buffers hold names as plain bytes, so they can be looked for.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Body)> taken = new();
    private TestServer? server;

    /// <summary>Settings that send a process's telemetry here.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", server!.Client.BaseAddress!.ToString()),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
    ];

    public static async Task<Collector> StartAsync(CancellationToken ct)
    {
        var collector = new Collector();
        collector.server = await TestServer.StartAsync(
            _ => { },
            program => program.MapPost("/{**path}", async (HttpRequest request, string path) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
                collector.taken.Enqueue((path, Encoding.Latin1.GetString(body.ToArray())));
            }),
            ct);
        return collector;
    }

    /// <summary>Everything of a kind (traces, metrics, logs) that has come in.</summary>
    public string All(string kind) => string.Concat(taken.Where(part => part.Path == $"v1/{kind}").Select(part => part.Body));

    public ValueTask DisposeAsync() => server!.DisposeAsync();
}
