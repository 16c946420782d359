using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Testing.Services;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using Xunit;

namespace BatchXai.Worker.Tests.Runs;

public sealed class BrokerOutageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_goes_on_while_the_broker_is_away_and_is_told_when_it_is_back()
    {
        await using var server = await RabbitServer.StartPrivateAsync(Ct);
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct);
        audit.Blobs.Close();
        await using var worker = await StartAsync(audit, server.Uri);
        var shard = new ExplainShard(audit.Id, 0, Guid.NewGuid());
        await worker.SendAsync(shard, Ct);
        var started = await worker.HearAsync<ShardStarted>(Ct);
        // The broker writes the term of a new queue's leader within a second. Killed before that, the queue never finds a leader again.
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);

        await server.KillAsync(Ct);
        audit.Blobs.Open();
        while (!await audit.Blobs.ExistsAsync(ArtifactAddresses.Items(audit.Id, 0, started.RunId), Ct))
        {
            await Task.Delay(50, Ct);
        }

        await server.StartAgainAsync(Ct);
        var explained = await worker.HearAsync<ShardExplained>(Ct);

        Assert.Equal((shard.LeaseId, started.RunId), (explained.LeaseId, explained.RunId));
        await QueueIsEmptyAsync(worker); // The message came again, joined its run and was acknowledged: nothing was run twice.
        Assert.Empty(worker.Unheard());
    }

    [Fact]
    public async Task Message_of_a_worker_that_died_is_run_alone_and_says_that_it_came_again()
    {
        var broker = await (await RabbitServer.SharedAsync(Ct)).CreateVirtualHostAsync(Ct);
        using var audit = await TinyAudit.PlanAsync(shards: 1, Ct);
        await SendAsync(broker, new ExplainShard(audit.Id, 0, Guid.NewGuid()));
        await using (var dying = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Ct))
        {
            await using var channel = await dying.CreateChannelAsync(cancellationToken: Ct);
            Assert.NotNull(await channel.BasicGetAsync(Queues.Shards, autoAck: false, Ct));
        }

        await using var worker = await StartAsync(audit, broker);
        Assert.True((await worker.HearAsync<ShardStarted>(Ct)).Redelivered);
        await worker.HearAsync<ShardExplained>(Ct);
    }

    private static Task<RunningWorker> StartAsync(TinyAudit audit, Uri broker) =>
        RunningWorker.StartAsync(audit.Blobs, new(), (services, consumers) => services.AddRabbitBus(BrokerOptions.Parse(broker.OriginalString), consumers), Ct);

    private static async Task SendAsync(Uri broker, ExplainShard shard)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddRabbitBus(BrokerOptions.Parse(broker.OriginalString), _ => { });
        using var host = builder.Build();
        await host.StartAsync(Ct);
        await host.Services.GetRequiredService<IBus>().SendToAsync(Queues.Shards, shard, Ct);
        await host.StopAsync(Ct);
    }

    /// <summary>Whatever the worker has not acknowledged goes back when it stops.</summary>
    private static async Task QueueIsEmptyAsync(RunningWorker worker)
    {
        var depth = worker.Services.GetRequiredService<IQueueDepth>();
        while (await depth.ReadyAsync(Queues.Shards, Ct) != 0)
        {
            await Task.Delay(50, Ct);
        }

        await worker.StopAsync(Ct);
        Assert.Equal(0, await depth.ReadyAsync(Queues.Shards, Ct));
    }
}
