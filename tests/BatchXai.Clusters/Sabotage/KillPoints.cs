using BatchXai.Clusters.Processes;
using BatchXai.Contracts.Shards;
using MassTransit;

namespace BatchXai.Clusters.Sabotage;

/// <summary>Moments in the life of a shard at which its process dies, seen from the bus alone.</summary>
public sealed class KillPoints(SabotagePlan plan) : ISendObserver, IConsumeObserver
{
    /// <summary>Worker: everything is uploaded, nothing has been told.</summary>
    public const string BeforeResult = "before-result";

    /// <summary>Worker: the result is with the broker, the shard's message is not acknowledged.</summary>
    public const string AfterResult = "after-result";

    /// <summary>Coordinator: the row says dispatched, nothing was sent.</summary>
    public const string BeforeShard = "before-shard";

    /// <summary>Coordinator: the broker has confirmed the shard's message, the row does not say so.</summary>
    public const string AfterShard = "after-shard";

    private int reached;

    public Task PreSend<T>(SendContext<T> context)
        where T : class => ReachAsync<T>(typeof(T) == typeof(ShardExplained) ? BeforeResult : typeof(T) == typeof(ExplainShard) ? BeforeShard : null);

    public Task PostSend<T>(SendContext<T> context)
        where T : class => ReachAsync<T>(typeof(T) == typeof(ExplainShard) ? AfterShard : null);

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PreConsume<T>(ConsumeContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context)
        where T : class => ReachAsync<T>(typeof(T) == typeof(ExplainShard) ? AfterResult : null);

    public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    private Task ReachAsync<T>(string? point)
    {
        if (point is not null && point == plan.Kill && Interlocked.Increment(ref reached) == plan.Nth && First())
        {
            Console.WriteLine($"sabotage: killed {point} ({typeof(T).Name})");
            Signals.KillSelf();
        }

        return Task.CompletedTask;
    }

    private bool First()
    {
        try
        {
            using var marker = plan.Once is null ? null : new FileStream(plan.Once, FileMode.CreateNew);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
