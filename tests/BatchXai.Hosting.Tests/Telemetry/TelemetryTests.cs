using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using BatchXai.Hosting.Messaging;
using BatchXai.Hosting.Telemetry;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using Xunit;

namespace BatchXai.Hosting.Tests.Telemetry;

public sealed class TelemetryTests
{
    private const string Polling = "BatchXai.Tests.Polling";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_are_served_with_their_units()
    {
        using var meter = new Meter("BatchXai.Tests");
        await using var server = await TestServer.StartAsync(
            builder => builder.Services.AddTelemetry(builder.Configuration, "batchxai-test"),
            program => program.MapMetrics(),
            Ct);
        meter.CreateHistogram<double>("batchxai.test.duration", "s").Record(1.5);

        var text = await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct);

        Assert.Contains("batchxai_test_duration_seconds_sum{", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_audit_is_one_trace_over_the_bus_and_back()
    {
        await using var collector = await Collector.StartAsync(Ct);
        var heard = new TaskCompletionSource<string?>();
        var server = await StartAsync(collector, heard);
        var submission = AuditTrace.Current;

        using (AuditTrace.Start("dispatch", Guid.NewGuid(), submission))
        {
            var endpoint = await server.Program.Services.GetRequiredService<IBus>().GetSendEndpoint(Queues.AddressOf("ask"));
            await endpoint.Send(new Question(), Ct);
        }

        var trace = ActivityContext.Parse(submission, null).TraceId.ToHexString();
        Assert.Equal(trace, await heard.Task.WaitAsync(Ct));
        await server.DisposeAsync(); // The consumer has ended, and everything is sent.
        var spans = collector.All("traces");
        Assert.All(["dispatch", "ask send", "ask receive", "answer", "batchxai.busy_seconds"], name => Assert.Contains(name, spans, StringComparison.Ordinal));
        Assert.Contains(Encoding.Latin1.GetString(Convert.FromHexString(trace)), spans, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_says_still_here_makes_no_trace()
    {
        await using var collector = await Collector.StartAsync(Ct);
        var heard = new TaskCompletionSource<string?>();
        var server = await StartAsync(collector, heard);
        using var polling = new ActivitySource(Polling);

        using (AuditTrace.Start("shard", Guid.NewGuid()))
        using (AuditTrace.Silence())
        {
            using (polling.StartActivity("select 1", ActivityKind.Client))
            {
            }

            var endpoint = await server.Program.Services.GetRequiredService<IBus>().GetSendEndpoint(Queues.AddressOf("ask"));
            await endpoint.Send(new Question(), Ct);
        }

        await heard.Task.WaitAsync(Ct);
        await server.DisposeAsync(); // The consumer has ended, and everything is sent.
        var spans = collector.All("traces");
        Assert.Contains("shard", spans, StringComparison.Ordinal);
        Assert.All(["select 1", "ask send", "ask receive", "answer"], name => Assert.DoesNotContain(name, spans, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_and_metrics_reach_the_collector_under_the_service_name()
    {
        await using var collector = await Collector.StartAsync(Ct);
        await using (var server = await StartAsync(collector, new()))
        {
            server.Program.Services.GetRequiredService<ILoggerFactory>().CreateLogger("BatchXai.Tests")
                .Log(LogLevel.Warning, default, "a word of warning", null, (text, _) => text);
        }

        Assert.Contains("a word of warning", collector.All("logs"), StringComparison.Ordinal);
        Assert.Contains("batchxai-test", collector.All("metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_collects_there_is_still_a_traceparent() =>
        Assert.True(ActivityContext.TryParse(AuditTrace.Current, null, out _));

    private static Task<TestServer> StartAsync(Collector collector, TaskCompletionSource<string?> heard) => TestServer.StartAsync(
        builder =>
        {
            builder.Configuration.AddInMemoryCollection(collector.Settings);
            builder.Services
                .AddSingleton(heard)
                .AddTelemetry(builder.Configuration, "batchxai-test", traces => traces.AddSource(Polling))
                .AddInMemoryBus(bus => bus.AddQueueConsumer<Answerer>("ask", concurrency: 1));
        },
        _ => { },
        Ct);

    public sealed record Question;

    public sealed class Answerer(TaskCompletionSource<string?> heard) : IConsumer<Question>
    {
        public Task Consume(ConsumeContext<Question> context)
        {
            using (AuditTrace.Start("answer", Guid.NewGuid()))
            {
                var now = TimeProvider.System.GetUtcNow();
                AuditTrace.AddPart("explain", now.AddSeconds(-2), now, busySeconds: 1.5);
                heard.SetResult(Activity.Current?.TraceId.ToHexString());
            }

            return Task.CompletedTask;
        }
    }
}
