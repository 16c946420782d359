using System.Net;
using System.Text.Json;
using BatchXai.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BatchXai.Hosting.Tests.Health;

public sealed class HealthTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_says_which_service_does_not_answer_and_why()
    {
        await using var server = await StartAsync(services => services
            .AddReadyCheck("database", (_, _) => throw new InvalidOperationException("outer", new TimeoutException("connection refused\nat a line of a stack")))
            .AddReadyCheck("blobs", (_, _) => Task.CompletedTask));
        using var answer = await server.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal("not ready", body.RootElement.GetProperty("status").GetString());
        Assert.Equal(
            [("blobs", "ready", null), ("database", "not ready", "connection refused")],
            body.RootElement.GetProperty("checks").EnumerateArray().Select(check =>
                (check.GetProperty("name").GetString(), check.GetProperty("status").GetString(), check.GetProperty("reason").GetString())));
    }

    [Fact]
    public async Task Ready_when_everything_answers()
    {
        await using var server = await StartAsync(services => services.AddReadyCheck("blobs", (_, _) => Task.CompletedTask));
        using var answer = await server.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_not_waited_for()
    {
        await using var server = await StartAsync(services => services.AddReadyCheck("database", (_, ct) => Task.Delay(Timeout.Infinite, ct)));
        using var answer = await server.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("no answer within 5 s", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_lives_whatever_is_wrong_around_it()
    {
        await using var server = await StartAsync(services => services.AddReadyCheck("broker", (_, _) => throw new TimeoutException()));
        Assert.Equal(0, await HealthProbe.RunAsync(["health", server.Client.BaseAddress!.ToString()]));
    }

    [Fact]
    public async Task A_process_that_does_not_answer_does_not_live()
    {
        var server = await StartAsync(_ => { });
        var address = server.Client.BaseAddress!;
        await server.DisposeAsync();
        Assert.Equal(1, await HealthProbe.RunAsync(["health", address.ToString()]));
    }

    private static Task<TestServer> StartAsync(Action<IServiceCollection> checks) => TestServer.StartAsync(
        builder =>
        {
            builder.Services.AddHealthChecks();
            checks(builder.Services);
        },
        program => program.MapHealth(),
        Ct);
}
