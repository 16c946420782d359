using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Observe;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Hosting.Messaging;
using BatchXai.Testing.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Xunit;

namespace BatchXai.Coordinator.Tests.Observe;

public sealed class PipelineObserverTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Shards_that_have_not_ended_are_counted_over_all_audits(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        foreach (var shard in Enum.GetValues<ShardState>().Append(ShardState.Running))
        {
            await coordinator.SeedAsync(AuditState.Running, shard, items: 1, Ct);
        }

        Assert.Equal([(ShardState.Dispatched, 1L), (ShardState.Pending, 1L), (ShardState.Running, 2L)], Sorted(await LookAsync(coordinator)));
        await using (var db = await coordinator.DatabaseAsync(Ct))
        {
            await db.Shards.Where(shard => shard.State == ShardState.Running).ExecuteUpdateAsync(shard => shard.SetProperty(row => row.State, ShardState.Done), Ct);
        }

        // None is a figure too: a gauge that vanished would look like a coordinator that is away.
        Assert.Equal([(ShardState.Dispatched, 1L), (ShardState.Pending, 1L), (ShardState.Running, 0L)], Sorted(await LookAsync(coordinator)));
    }

    [Theory, EachDatabase]
    public async Task Worker_counts_until_it_has_been_silent_for_fifteen_seconds(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        Assert.Equal(0, (await LookAsync(coordinator)).Workers);
        await SeenAsync(coordinator, "a:1");
        coordinator.Clock.Advance(TimeSpan.FromSeconds(10));
        await SeenAsync(coordinator, "b:2");
        coordinator.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(2, (await LookAsync(coordinator)).Workers);
        coordinator.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, (await LookAsync(coordinator)).Workers);
    }

    [Theory, EachDatabase]
    public async Task Queues_of_a_broker_are_counted_and_those_of_one_that_is_away_left_out(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        Assert.Empty((await LookAsync(coordinator)).Depths); // The bus is inside the process.

        var broker = await (await RabbitServer.SharedAsync(Ct)).CreateVirtualHostAsync(Ct);
        await using (var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Ct))
        await using (var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Ct))
        {
            await channel.QueueDeclareAsync(Queues.Dead, durable: true, exclusive: false, autoDelete: false, cancellationToken: Ct);
            await channel.BasicPublishAsync("", Queues.Dead, "a message"u8.ToArray(), Ct);
        }

        await using var queues = BusAt(broker);
        var seen = await LookAsync(coordinator, queues);
        Assert.Equal(Queues.Work.Append(Queues.Dead).Order(), seen.Depths.Keys.Order());
        Assert.Equal((0, 1), (seen.Depths[Queues.Shards], seen.Depths[Queues.Dead]));

        await using var away = BusAt(new("amqp://127.0.0.1:1/"));
        seen = await LookAsync(coordinator, away);
        Assert.Empty(seen.Depths);
        Assert.Equal((3, 0), (seen.Shards.Count, seen.Workers)); // What the database says is known.
    }

    private static Task<PipelineState> LookAsync(EmbeddedCoordinator coordinator, IServiceProvider? bus = null)
    {
        using var observer = new PipelineObserver(
            coordinator.Get<IDbContextFactory<AuditDb>>(), bus?.GetRequiredService<IQueueDepth>() ?? coordinator.Get<IQueueDepth>(), coordinator.Clock, NullLogger<PipelineObserver>.Instance);
        return observer.LookAsync(Ct);
    }

    /// <summary>What asks a broker; its bus is not started.</summary>
    private static ServiceProvider BusAt(Uri broker) => new ServiceCollection().AddLogging().AddRabbitBus(BrokerOptions.Parse(broker.OriginalString), _ => { }).BuildServiceProvider();

    private static async Task SeenAsync(EmbeddedCoordinator coordinator, string name)
    {
        await using var db = await coordinator.DatabaseAsync(Ct);
        db.Workers.Add(new WorkerRow { Name = name, Device = "cpu", Version = "1", Slots = 2, SeenAt = coordinator.Clock.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(Ct);
    }

    private static List<(ShardState State, long Count)> Sorted(PipelineState seen) => [.. seen.Shards.Select(shards => (shards.Key, shards.Value)).OrderBy(shards => shards.Key.ToString(), StringComparer.Ordinal)];
}
