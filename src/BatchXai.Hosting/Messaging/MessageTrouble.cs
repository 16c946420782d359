using MassTransit;
using Microsoft.Extensions.Logging;

namespace BatchXai.Hosting.Messaging;

/// <summary>Says loudly that a message could not be read or that its consumer threw: both are defects. The bus logs the stack, and parks the message in a queue that nobody drains.</summary>
internal sealed partial class MessageTrouble(ILogger<MessageTrouble> logger) : IReceiveObserver
{
    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context)
    {
        if (!context.IsDelivered && !context.IsFaulted)
        {
            Log.Skipped(logger, Queue(context));
        }

        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class
    {
        if (exception is not OperationCanceledException)
        {
            Log.Threw(logger, typeof(T).Name, exception.Message, Queue(context.ReceiveContext));
        }

        return Task.CompletedTask;
    }

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        // What a consumer threw was told already; a message that goes back because of a stop or an outage is no trouble.
        if (!context.IsDelivered && exception is not OperationCanceledException)
        {
            Log.Unreadable(logger, Queue(context), exception.Message);
        }

        return Task.CompletedTask;
    }

    private static string Queue(ReceiveContext context) => context.InputAddress.Segments[^1];

    private static partial class Log
    {
        [LoggerMessage(510, LogLevel.Error, "A message in {Queue} cannot be read ({Reason}); it is parked in {Queue}_error")]
        public static partial void Unreadable(ILogger logger, string queue, string reason);

        [LoggerMessage(511, LogLevel.Error, "A message in {Queue} is of no type that this version knows; it is parked in {Queue}_skipped. Do coordinator and workers have the same version?")]
        public static partial void Skipped(ILogger logger, string queue);

        [LoggerMessage(512, LogLevel.Error, "A consumer of {Message} threw ({Reason}); the message is parked in {Queue}_error")]
        public static partial void Threw(ILogger logger, string message, string reason, string queue);
    }
}
