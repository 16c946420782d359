namespace BatchXai.Hosting.Messaging;

/// <summary>Names of the queues.</summary>
public static class Queues
{
    /// <summary>Work for GPU workers: one message a shard.</summary>
    public const string Shards = "batchxai-shards";

    /// <summary>Questions to workers about model files.</summary>
    public const string Models = "batchxai-models";

    /// <summary>Answers about model files: an audit is planned on this queue, apart from shard events, because planning is long.</summary>
    public const string Plans = "batchxai-plans";

    /// <summary>What workers tell the coordinator about shards.</summary>
    public const string Events = "batchxai-events";

    /// <summary>Messages that were delivered too often: each time their consumer's process died. Nobody takes them; the database knows of their shards.</summary>
    public const string Dead = "batchxai-dead";

    /// <summary>The queues that have consumers.</summary>
    public static IReadOnlyList<string> Work { get; } = [Shards, Models, Plans, Events];

    /// <summary>Address to send to. <c>exchange:</c>, because <c>queue:</c> would declare the queue again without its arguments.</summary>
    public static Uri AddressOf(string queue) => new($"exchange:{queue}");
}
