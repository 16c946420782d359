using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BatchXai.Hosting.Messaging;

/// <summary>A connection beside the bus's own, for what the bus cannot do: declaring queues before it connects, asking how full they are.</summary>
internal sealed partial class BrokerConnection(BrokerOptions options, ILogger<BrokerConnection> logger) : IQueueDepth, IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private IConnection? connection;
    private bool isLost;

    /// <inheritdoc/>
    public async Task<long?> ReadyAsync(string queue, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await using var channel = await (await OpenAsync(cancellationToken)).CreateChannelAsync(cancellationToken: cancellationToken);
            return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0;
        }
        catch (Exception trouble) when (IsTrouble(trouble) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Declares the queues. The bus calls it before each of its connections, so also when a broker comes back empty.</summary>
    /// <exception cref="RabbitMqConnectionException">There is no broker; the bus tries again.</exception>
    public async Task DeclareAsync()
    {
        await gate.WaitAsync();
        try
        {
            await BrokerTopology.DeclareAsync(await OpenAsync(CancellationToken.None), CancellationToken.None);
            if (isLost)
            {
                isLost = false;
                Log.Back(logger, options);
            }
        }
        catch (Exception trouble) when (IsTrouble(trouble))
        {
            if (!isLost)
            {
                isLost = true;
                Log.Unreachable(logger, options, Reason(trouble));
            }

            throw new RabbitMqConnectionException($"The broker at {options} cannot be reached", trouble);
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        gate.Dispose();
    }

    private async Task<IConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (connection is { IsOpen: true })
        {
            return connection;
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
            connection = null;
        }

        return connection = await Factory().CreateConnectionAsync(cancellationToken);
    }

    private ConnectionFactory Factory() => new()
    {
        HostName = options.Host,
        Port = options.Port,
        VirtualHost = options.VirtualHost,
        UserName = options.User,
        Password = options.Password,
        Ssl = new() { Enabled = options.IsTls, ServerName = options.Host },
        RequestedHeartbeat = BusRegistration.Heartbeat,
        AutomaticRecoveryEnabled = false,
        ClientProvidedName = $"{AppDomain.CurrentDomain.FriendlyName} (queues)",
    };

    private static bool IsTrouble(Exception failure) => failure is RabbitMQClientException or IOException or TimeoutException or OperationCanceledException or ObjectDisposedException;

    /// <summary>The innermost reason says most: connection refused, access refused, arguments that differ.</summary>
    private static string Reason(Exception trouble) => trouble.GetBaseException() is OperationInterruptedException { ShutdownReason: { } reason } ? reason.ReplyText : trouble.GetBaseException().Message;

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Warning, "The broker at {Broker} cannot be reached ({Reason}); trying until it can")]
        public static partial void Unreachable(ILogger logger, BrokerOptions broker, string reason);

        [LoggerMessage(501, LogLevel.Information, "The broker at {Broker} is there again")]
        public static partial void Back(ILogger logger, BrokerOptions broker);
    }
}
