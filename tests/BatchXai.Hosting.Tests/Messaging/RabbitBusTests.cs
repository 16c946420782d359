using System.Text.Json;
using BatchXai.Contracts.Shards;
using BatchXai.Hosting.Messaging;
using BatchXai.Testing.Services;
using RabbitMQ.Client;
using Xunit;

namespace BatchXai.Hosting.Tests.Messaging;

public sealed class RabbitBusTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_connects_first_declares_every_queue()
    {
        var (server, broker) = await BrokerAsync();
        await using (await BusProcess.StartAsync(broker, consumes: false, Ct))
        {
            await BusProcess.UntilAsync(async () => (await QueuesAsync(server, broker)).Count == 5, Ct);
        }

        await using (var consumer = await BusProcess.StartAsync(broker, consumes: true, Ct))
        {
            await BusProcess.UntilAsync(() => Task.FromResult(consumer.Presence.ConnectedSince is not null), Ct);
        }

        var queues = await QueuesAsync(server, broker);
        Assert.Equal([.. Queues.Work.Append(Queues.Dead).Order(StringComparer.Ordinal)], queues.Keys.Order(StringComparer.Ordinal));
        Assert.All(Queues.Work, queue => Assert.Equal(("quorum", 5, Queues.Dead), queues[queue]));
        Assert.Equal(("quorum", 0, null), queues[Queues.Dead]);
    }

    [Fact]
    public async Task Message_waits_for_a_consumer_that_has_never_been_there()
    {
        var (_, broker) = await BrokerAsync();
        await using (var sender = await BusProcess.StartAsync(broker, consumes: false, Ct))
        {
            await sender.SendAsync(7, Ct);
            Assert.Equal(1, await sender.Depth.ReadyAsync(Queues.Shards, Ct));
            Assert.Equal(0, await sender.Depth.ReadyAsync("no-such-queue", Ct));
        }

        await using var consumer = await BusProcess.StartAsync(broker, consumes: true, Ct);
        await BusProcess.UntilAsync(() => Task.FromResult(consumer.Taken.Shards.Contains(7)), Ct);
        Assert.Equal(0, await consumer.Depth.ReadyAsync(Queues.Shards, Ct));
    }

    [Fact]
    public async Task Message_whose_consumers_die_ends_in_the_dead_letter_queue()
    {
        var (_, broker) = await BrokerAsync();
        await using var sender = await BusProcess.StartAsync(broker, consumes: false, Ct);
        await sender.SendAsync(7, Ct);
        for (var delivery = 0; delivery <= 5; delivery++)
        {
            await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Ct);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
            BasicGetResult? taken = null;
            await BusProcess.UntilAsync(async () => (taken = await channel.BasicGetAsync(Queues.Shards, autoAck: false, Ct)) is not null, Ct);
            Assert.Equal(delivery > 0, taken!.Redelivered);
        }

        await BusProcess.UntilAsync(async () => await sender.Depth.ReadyAsync(Queues.Dead, Ct) == 1, Ct);
        Assert.Equal(0, await sender.Depth.ReadyAsync(Queues.Shards, Ct));
    }

    [Fact]
    public async Task Message_that_no_queue_takes_is_an_error()
    {
        var (_, broker) = await BrokerAsync();
        await using var sender = await BusProcess.StartAsync(broker, consumes: false, Ct);
        await sender.SendAsync(1, Ct);
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        await channel.QueueDeleteAsync(Queues.Shards, cancellationToken: Ct);

        await Assert.ThrowsAnyAsync<Exception>(() => sender.SendAsync(2, Ct));
    }

    [Fact]
    public async Task What_cannot_be_consumed_is_parked_and_said()
    {
        var (server, broker) = await BrokerAsync();
        await using var process = await BusProcess.StartAsync(broker, consumes: true, Ct);
        await process.SendAsync(-1, Ct);
        await process.Bus.SendToAsync(Queues.Shards, new ShardReturned(Guid.Empty, 0, Guid.Empty, Guid.Empty), Ct);
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        await channel.BasicPublishAsync("", Queues.Shards, "no message"u8.ToArray(), Ct);

        string[] said = ["Error: A consumer of ExplainShard threw", "Error: A message in batchxai-shards is of no type that this version knows", "Error: A message in batchxai-shards cannot be read"];
        await BusProcess.UntilAsync(() => Task.FromResult(said.All(text => process.Taken.Lines.Any(line => line.StartsWith(text, StringComparison.Ordinal)))), Ct);
        await BusProcess.UntilAsync(async () => await process.Depth.ReadyAsync(Queues.Shards + "_error", Ct) == 2 && await process.Depth.ReadyAsync(Queues.Shards + "_skipped", Ct) == 1, Ct);
        var queues = await QueuesAsync(server, broker);
        Assert.All(queues, queue => Assert.Equal("quorum", queue.Value.Type));
        Assert.Equal(3, said.Sum(text => process.Taken.Lines.Count(line => line.StartsWith(text, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Broker_that_dies_and_comes_back_is_noticed_and_loses_nothing()
    {
        await using var server = await RabbitServer.StartPrivateAsync(Ct);
        await using var process = await BusProcess.StartAsync(server.Uri, consumes: true, Ct);
        await process.SendAsync(1, Ct);
        await BusProcess.UntilAsync(() => Task.FromResult(process.Taken.Shards.Contains(1)), Ct);
        var before = process.Presence.ConnectedSince;
        Assert.NotNull(before);
        // The broker writes the term of a new queue's leader within a second. Killed before that, the queue never finds a leader again.
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);

        await server.KillAsync(Ct);
        await BusProcess.UntilAsync(() => Task.FromResult(process.Presence.ConnectedSince is null), Ct);
        var waiting = process.SendAsync(2, Ct);
        Assert.Null(await process.Depth.ReadyAsync(Queues.Shards, Ct));
        await server.StartAgainAsync(Ct);

        await waiting;
        await BusProcess.UntilAsync(() => Task.FromResult(process.Taken.Shards.Contains(2)), Ct);
        await BusProcess.UntilAsync(() => Task.FromResult(process.Presence.ConnectedSince > before), Ct);
        Assert.DoesNotContain(process.Taken.Lines, line => line.Contains("batchxai:batchxai", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Process_lives_without_a_broker_and_says_so_once()
    {
        await using var process = await BusProcess.StartAsync(new("amqp://user:secret@127.0.0.1:1/"), consumes: true, Ct);
        await BusProcess.UntilAsync(() => Task.FromResult(Warnings().Any()), Ct);
        Assert.Null(process.Presence.ConnectedSince);
        Assert.Null(await process.Depth.ReadyAsync(Queues.Shards, Ct));
        Assert.StartsWith("Warning: The broker at amqp://127.0.0.1:1/ cannot be reached", Assert.Single(Warnings()), StringComparison.Ordinal);

        IEnumerable<string> Warnings() => process.Taken.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bus_inside_the_process_is_heard_and_has_no_depth()
    {
        await using var process = await BusProcess.StartInMemoryAsync(Ct);
        Assert.NotNull(process.Presence.ConnectedSince);
        await process.SendAsync(3, Ct);
        await BusProcess.UntilAsync(() => Task.FromResult(process.Taken.Shards.Contains(3)), Ct);
        Assert.Null(await process.Depth.ReadyAsync(Queues.Shards, Ct));
    }

    private static async Task<(RabbitServer Server, Uri Broker)> BrokerAsync()
    {
        var server = await RabbitServer.SharedAsync(Ct);
        return (server, await server.CreateVirtualHostAsync(Ct));
    }

    private static async Task<IReadOnlyDictionary<string, (string Type, int Limit, string? DeadLetters)>> QueuesAsync(RabbitServer server, Uri broker)
    {
        using var listed = JsonDocument.Parse(await server.Management.GetStringAsync($"api/queues/{broker.AbsolutePath.Trim('/')}", Ct));
        return listed.RootElement.EnumerateArray().ToDictionary(queue => queue.GetProperty("name").GetString()!, queue =>
        {
            var arguments = queue.GetProperty("arguments");
            return (
                arguments.GetProperty("x-queue-type").GetString()!,
                arguments.TryGetProperty("x-delivery-limit", out var limit) ? limit.GetInt32() : 0,
                arguments.TryGetProperty("x-dead-letter-exchange", out var exchange) ? exchange.GetString() : null);
        });
    }
}
