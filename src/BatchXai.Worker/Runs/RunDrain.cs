using Microsoft.Extensions.Hosting;

namespace BatchXai.Worker.Runs;

/// <summary>Before anything else of a process stops, its runs end and tell how: the bus is still there then.</summary>
internal sealed class RunDrain(ShardRuns runs, WorkerOptions options, TimeProvider clock) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(options.DrainTime, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        await runs.DrainAsync(limit.Token);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
