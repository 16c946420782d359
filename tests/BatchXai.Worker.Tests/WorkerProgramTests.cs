using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Testing;
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
        var errors = await program.Errors.ReadToEndAsync(Ct);
        var exitCode = await program.EndAsync(Ct);

        Assert.Equal(3, exitCode);
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

        using var program = Start(("BATCHXAI_Broker__Uri", broker.OriginalString), ("BATCHXAI_Blobs__Folder", audit.BlobFolder), ("BATCHXAI_Sources__Roots__0", audit.Folder), ("BATCHXAI_Worker__Device", "cpu"));
        var output = program.Output.ReadToEndAsync(Ct);
        var errors = program.Errors.ReadToEndAsync(Ct);
        var started = await listener.HearAsync<ShardStarted>(Ct);
        program.Terminate();
        var exitCode = await program.EndAsync(Ct);

        Assert.Equal((0, ""), (exitCode, await errors));
        Assert.Equal(started.RunId, (await listener.HearAsync<ShardReturned>(Ct)).RunId);
        Assert.Equal(0, await coordinator.Services.GetRequiredService<IQueueDepth>().ReadyAsync(Queues.Shards, Ct));
        Assert.DoesNotContain("fail:", await output, StringComparison.Ordinal);
        await coordinator.StopAsync(Ct);
    }

    [Fact]
    public async Task Without_a_broker_it_lives_says_so_and_ends_when_told()
    {
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct);
        using var program = Start(("BATCHXAI_Broker__Uri", "amqp://me:secret@127.0.0.1:1/"), ("BATCHXAI_Blobs__Folder", audit.BlobFolder), ("BATCHXAI_Sources__Roots__0", audit.Folder), ("BATCHXAI_Worker__Device", "cpu"), ("BATCHXAI_Worker__GraceSeconds", "5"));
        var errors = program.Errors.ReadToEndAsync(Ct);
        var said = "";
        while (!said.Contains("cannot be reached", StringComparison.Ordinal))
        {
            said += await program.Output.ReadLineAsync(Ct) ?? throw new EndOfStreamException(said);
        }

        program.Terminate();
        said += await program.Output.ReadToEndAsync(Ct);
        var exitCode = await program.EndAsync(Ct);

        Assert.Equal((0, ""), (exitCode, await errors));
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
    }

    private static StartedProgram Start(params (string Name, string Value)[] settings) => new("BatchXai.Worker", [], settings);
}
