using System.Collections.Concurrent;

namespace BatchXai.Testing.Services;

/// <summary>One running copy of a service that a test process started: it can be stopped, killed, paused and started again, with the same ports and data.</summary>
internal abstract class Instance : IAsyncDisposable
{
    // Whatever a test left running ends with the process.
    private static readonly ConcurrentDictionary<Instance, byte> Running = new();

    static Instance() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.WhenAll(Running.Keys.Select(instance => instance.DisposeAsync().AsTask())).GetAwaiter().GetResult();

    protected Instance() => Running[this] = 0;

    /// <summary>How it runs: <c>container</c> or <c>native</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>Starts it, also after it was stopped or killed. Returns before it answers.</summary>
    public abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops it as an operator would.</summary>
    public abstract Task StopAsync(CancellationToken cancellationToken);

    /// <summary>SIGKILL to every process of it.</summary>
    public abstract Task KillAsync(CancellationToken cancellationToken);

    /// <summary>Freezes it: connections stay open and nothing answers.</summary>
    public abstract Task PauseAsync(CancellationToken cancellationToken);

    public abstract Task ContinueAsync(CancellationToken cancellationToken);

    /// <summary>Id of the process that all others of it descend from.</summary>
    public abstract Task<int> ProcessIdAsync(CancellationToken cancellationToken);

    /// <summary>The end of what it wrote, for the message of a failed start.</summary>
    public abstract Task<string> LogAsync();

    public async ValueTask DisposeAsync()
    {
        if (Running.TryRemove(this, out _))
        {
            await RemoveAsync();
        }
    }

    /// <summary>Ends it and removes its data.</summary>
    protected abstract Task RemoveAsync();
}
