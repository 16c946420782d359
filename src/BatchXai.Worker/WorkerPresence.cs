using System.Reflection;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Hosting.Telemetry;
using BatchXai.Worker.Runs;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Worker;

/// <summary>Tells every few seconds that this worker is there, busy or not.</summary>
internal sealed class WorkerPresence(WorkerOptions options, WorkerDevice device, CoordinatorLine coordinator, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly string Version =
        typeof(WorkerPresence).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>This worker among others.</summary>
    public static string Name { get; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var silence = AuditTrace.Silence();
        var seen = new WorkerSeen(Name, options.Slots, await DeviceAsync(stoppingToken), Version);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await coordinator.TryTellAsync(Queues.Events, seen, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<string> DeviceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await device.NameAsync(cancellationToken);
        }
        catch (Exception absent) when (absent is not OperationCanceledException)
        {
            return "none"; // Whoever asks for a model is told why.
        }
    }
}
