using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Access;

/// <summary>For answers that go on for hours: ends them when what let their caller in would not do so any more.</summary>
internal sealed partial class EntryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource ended;
    private readonly Task watching;

    private EntryWatch(HttpContext context, CancellationToken cancellationToken)
    {
        ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        watching = context.RequestServices.GetService<StillOpen>() is { } open ? WatchAsync(context, open) : Task.CompletedTask;
    }

    /// <summary>Cancelled when the answer must end.</summary>
    public CancellationToken Token => ended.Token;

    /// <summary>Watches over an answer until it is disposed. Where nobody is asked who is there, nothing ends it.</summary>
    public static EntryWatch Begin(HttpContext context, CancellationToken cancellationToken) => new(context, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await watching;
        ended.Dispose();
    }

    private async Task WatchAsync(HttpContext context, StillOpen open)
    {
        var ticket = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties;
        using var timer = new PeriodicTimer(Interval, context.RequestServices.GetRequiredService<TimeProvider>());
        try
        {
            while (await timer.WaitForNextTickAsync(Token))
            {
                try
                {
                    if (await open.CallerAsync(context.User, ticket, Token) is null)
                    {
                        await ended.CancelAsync();
                    }
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    Log.NotChecked(context.RequestServices.GetRequiredService<ILogger<EntryWatch>>(), failure);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The answer has ended.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(422, LogLevel.Warning, "It cannot be seen whether a watcher may still watch; looking again")]
        public static partial void NotChecked(ILogger logger, Exception exception);
    }
}
