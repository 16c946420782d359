using BatchXai.Contracts;
using BatchXai.Hosting.Health;
using BatchXai.Hosting.Messaging;
using BatchXai.Hosting.Server;
using BatchXai.Hosting.Telemetry;
using BatchXai.Onnx.Torch;
using BatchXai.Storage;
using BatchXai.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Worker;

/// <summary>The worker as a program of its own: one process a GPU.</summary>
public static class WorkerHost
{
    /// <summary>Any free port: several workers share a machine, and only health and metrics are served.</summary>
    private const string Address = "http://127.0.0.1:0";

    /// <summary>Puts the program together; <paramref name="configure"/> may add to it before it is built.</summary>
    /// <exception cref="UserErrorException">Settings are missing or wrong; all are named.</exception>
    public static WebApplication Build(string[] args, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = ServerProgram.CreateBuilder(args, Address);
        var (services, configuration) = (builder.Services, builder.Configuration);
        var options = new WorkerOptions();
        ServerProgram.Together(
            () => options = WorkerOptions.Read(configuration),
            () => services.AddStorage(configuration),
            () => services.AddBus(configuration, bus => bus.AddWorkerConsumers(options)));
        services
            .AddSingleton(TimeProvider.System)
            .AddWorker(options)
            .AddTelemetry(configuration, "batchxai-worker")
            .AddReadyCheck("blobs", (provider, cancellationToken) => provider.GetRequiredService<IBlobStore>().ExistsAsync("ready", cancellationToken))
            .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.GraceSeconds));
        configure?.Invoke(builder);
        var program = builder.Build();
        program.MapHealth();
        program.MapMetrics();
        WorkerMetrics.Begin();
        return program;
    }

    /// <summary>Runs the program until it is told to stop; returns its exit code.</summary>
    public static Task<int> RunAsync(string[] args) => ServerProgram.RunAsync(() => Build(args), CheckDeviceAsync);

    private static async Task CheckDeviceAsync(WebApplication program)
    {
        try
        {
            await program.Services.GetRequiredService<WorkerDevice>().NameAsync(CancellationToken.None);
        }
        catch (LibTorchUnavailableException absent)
        {
            throw new UserErrorException(absent.Message);
        }
    }
}
