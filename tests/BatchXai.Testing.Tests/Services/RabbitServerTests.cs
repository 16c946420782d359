using System.Text.Json;
using BatchXai.Testing.Services;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Xunit;

namespace BatchXai.Testing.Tests.Services;

public sealed class RabbitServerTests
{
    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_virtual_host_has_queues_of_its_own()
    {
        var server = await RabbitServer.SharedAsync(Ct);
        var one = await server.CreateVirtualHostAsync(Ct);
        await SendAsync(one, [7]);
        Assert.Equal([7], await ReceiveAsync(one));

        await SendAsync(one, [8]);
        await using var connection = await ConnectAsync(await server.CreateVirtualHostAsync(Ct));
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        await Assert.ThrowsAsync<OperationInterruptedException>(() => channel.QueueDeclarePassiveAsync("letters", Ct));
    }

    [Fact]
    public async Task Management_lists_queues()
    {
        var server = await RabbitServer.SharedAsync(Ct);
        var host = await server.CreateVirtualHostAsync(Ct);
        await SendAsync(host, [7]);
        using var queues = JsonDocument.Parse(await server.Management.GetStringAsync($"api/queues/{host.AbsolutePath.Trim('/')}", Ct));
        Assert.Equal("letters", Assert.Single(queues.RootElement.EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Killed_it_keeps_what_was_confirmed()
    {
        await using var server = await RabbitServer.StartPrivateAsync(Ct);
        await SendAsync(server.Uri, [6]);
        // The broker writes the term of a new queue's leader within a second. Killed before that, the queue never finds a leader again.
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);
        await SendAsync(server.Uri, [7]);
        await server.KillAsync(Ct);
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync(server.Uri));
        await server.StartAgainAsync(Ct);
        Assert.Equal([6], await ReceiveAsync(server.Uri));
        Assert.Equal([7], await ReceiveAsync(server.Uri));
    }

    [Fact]
    public async Task Stopped_it_comes_back()
    {
        await using var server = await RabbitServer.StartPrivateAsync(Ct);
        await SendAsync(server.Uri, [7]);
        await server.StopAsync(Ct);
        await server.StartAgainAsync(Ct);
        Assert.Equal([7], await ReceiveAsync(server.Uri));
    }

    private static async Task SendAsync(Uri host, byte[] letter)
    {
        await using var connection = await ConnectAsync(host);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Ct);
        await channel.QueueDeclareAsync("letters", durable: true, exclusive: false, autoDelete: false, Quorum, cancellationToken: Ct);
        await channel.BasicPublishAsync("", "letters", mandatory: true, new BasicProperties { Persistent = true }, letter, Ct);
    }

    private static async Task<byte[]> ReceiveAsync(Uri host)
    {
        await using var connection = await ConnectAsync(host);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        // A quorum queue elects its leader after the broker has opened its doors: declaring it waits for that.
        await channel.QueueDeclareAsync("letters", durable: true, exclusive: false, autoDelete: false, Quorum, cancellationToken: Ct);
        while (true)
        {
            if (await channel.BasicGetAsync("letters", autoAck: true, Ct) is { } letter)
            {
                return letter.Body.ToArray();
            }

            await Task.Delay(50, Ct);
        }
    }

    private static Task<IConnection> ConnectAsync(Uri host) => new ConnectionFactory { Uri = host }.CreateConnectionAsync(Ct);
}
