using System.Collections.Concurrent;
using System.Diagnostics;

namespace BatchXai.Testing.Services;

/// <summary>
/// A real service for tests. Its connection string comes from the environment; without one it is a container where Docker answers, else a
/// native process. A private one belongs to one test, which may kill it.
/// </summary>
public abstract class TestServer : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, byte> Told = new();
    private readonly Instance? instance;

    private protected TestServer(Recipe recipe, Instance? instance)
    {
        this.instance = instance;
        // test.sh starts native services and says so; connection strings of anyone else are just that.
        Provider = instance?.Provider ?? Environment.GetEnvironmentVariable("BATCHXAI_TEST_PROVIDER") ?? "environment";
        if (Told.TryAdd($"{recipe.Name} {Provider}", 0))
        {
            Console.WriteLine($"services: {recipe.Name} is {Provider}");
        }
    }

    /// <summary>Where it comes from: <c>environment</c>, <c>container</c> or <c>native</c>.</summary>
    public string Provider { get; }

    private Instance Own => instance ?? throw new InvalidOperationException("This service was given by the environment and is not ours to stop; ask for a private one.");

    /// <summary>Stops it in good order; data and ports stay.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => Own.StopAsync(cancellationToken);

    /// <summary>SIGKILL to every process of it; data and ports stay.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => Own.KillAsync(cancellationToken);

    /// <summary>Freezes it: connections stay open and nothing answers.</summary>
    public Task PauseAsync(CancellationToken cancellationToken = default) => Own.PauseAsync(cancellationToken);

    /// <summary>Ends a pause.</summary>
    public Task ContinueAsync(CancellationToken cancellationToken = default) => Own.ContinueAsync(cancellationToken);

    /// <summary>Id of the process that all others of it descend from, for who wants to know what it costs.</summary>
    public Task<int> ProcessIdAsync(CancellationToken cancellationToken = default) => Own.ProcessIdAsync(cancellationToken);

    /// <summary>Starts it after a stop or a kill, on the same ports with the same data; returns when it answers.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        await Own.StartAsync(cancellationToken);
        await AnswersAsync(cancellationToken);
    }

    /// <summary>Ends it and removes its data; a service of the environment is left alone.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (instance is not null)
        {
            await instance.DisposeAsync();
        }
    }

    /// <summary>Asks once whether it is ready for work; throws while it is not.</summary>
    private protected abstract Task AskAsync(CancellationToken cancellationToken);

    /// <summary>A server once it answers.</summary>
    private protected static async Task<T> ReadyAsync<T>(T server, CancellationToken cancellationToken)
        where T : TestServer
    {
        await server.AnswersAsync(cancellationToken);
        return server;
    }

    /// <summary>Returns when it answers; fails with the end of its log when it does not within two minutes.</summary>
    private async Task AnswersAsync(CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100, cancellationToken))
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(10));
            try
            {
                await AskAsync(limit.Token);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (waited.Elapsed > TimeSpan.FromMinutes(2))
                {
                    throw new InvalidOperationException($"{GetType().Name} ({Provider}) does not answer: {e.Message}\n{(instance is null ? "" : await instance.LogAsync())}", e);
                }
            }
        }
    }
}
