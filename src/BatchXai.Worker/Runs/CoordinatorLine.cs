using BatchXai.Hosting.Messaging;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace BatchXai.Worker.Runs;

/// <summary>
/// What a worker tells the coordinator. It goes over the bus, not over the message that is being consumed: a run goes on, and is told of, while the
/// broker is away and its message is void.
/// </summary>
internal sealed partial class CoordinatorLine(IBus bus, TimeProvider clock, ILogger<CoordinatorLine> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Tells something that matters: tries until the broker has it.</summary>
    public async Task TellAsync<T>(string queue, T message, CancellationToken cancellationToken)
        where T : class
    {
        while (await TryAsync(queue, message, Patience, cancellationToken) is { } trouble)
        {
            Log.NotTold(logger, typeof(T).Name, trouble.Message);
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>Tells something that the next message of its kind replaces: tries once.</summary>
    public Task TryTellAsync<T>(string queue, T message, CancellationToken cancellationToken)
        where T : class => TryAsync(queue, message, ShortPatience, cancellationToken);

    private async Task<Exception?> TryAsync<T>(string queue, T message, TimeSpan patience, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await bus.SendToAsync(queue, message, limit.Token);
            return null;
        }
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested)
        {
            return trouble;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(130, LogLevel.Warning, "{Message} cannot be told ({Reason}); trying until it can")]
        public static partial void NotTold(ILogger logger, string message, string reason);
    }
}
