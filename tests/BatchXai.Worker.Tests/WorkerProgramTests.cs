using System.Diagnostics;
using System.Globalization;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Testing.Services;
using BatchXai.Worker.Tests.Runs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace BatchXai.Worker.Tests;

public sealed class WorkerProgramTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_settings_are_told_line_by_line()
    {
        using var program = Start(("BATCHXAI_Worker__Slots", "many"), ("BATCHXAI_Broker__Uri", "rabbit"));
        var errors = await program.StandardError.ReadToEndAsync(Ct);
        await program.WaitForExitAsync(Ct);

        Assert.Equal(3, program.ExitCode);
        Assert.All(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("error: ", line, StringComparison.Ordinal));
        Assert.Contains("Worker:Slots is 'many'", errors, StringComparison.Ordinal);
        Assert.Contains("Broker:Uri", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Told_to_stop_it_hands_its_shard_back_and_ends_well()
    {
        var broker = await (await RabbitServer.SharedAsync(Ct)).CreateVirtualHostAsync(Ct);
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct, rounds: 100_000);
        var listener = new Listener();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(listener).AddRabbitBus(BrokerOptions.Parse(broker.OriginalString), Listener.AddConsumers);
        using var coordinator = builder.Build();
        await coordinator.StartAsync(Ct);
        await coordinator.Services.GetRequiredService<IBus>().SendToAsync(Queues.Shards, new ExplainShard(audit.Id, 0, Guid.NewGuid()), Ct);

        using var program = Start(("BATCHXAI_Broker__Uri", broker.OriginalString), ("BATCHXAI_Blobs__Folder", audit.BlobFolder), ("BATCHXAI_Worker__Device", "cpu"));
        var output = program.StandardOutput.ReadToEndAsync(Ct);
        var errors = program.StandardError.ReadToEndAsync(Ct);
        var started = await listener.HearAsync<ShardStarted>(Ct);
        Process.Start("kill", ["-TERM", program.Id.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();
        await program.WaitForExitAsync(Ct);

        Assert.Equal((0, ""), (program.ExitCode, await errors));
        Assert.Equal(started.RunId, (await listener.HearAsync<ShardReturned>(Ct)).RunId);
        Assert.Equal(0, await coordinator.Services.GetRequiredService<IQueueDepth>().ReadyAsync(Queues.Shards, Ct));
        Assert.DoesNotContain("fail:", await output, StringComparison.Ordinal);
        await coordinator.StopAsync(Ct);
    }

    private static Process Start(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "BatchXai.Worker")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
