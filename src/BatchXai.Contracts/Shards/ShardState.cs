namespace BatchXai.Contracts.Shards;

/// <summary>Where a shard stands. The last four are final.</summary>
public enum ShardState
{
    /// <summary>Waiting to be published, from its not-before time on.</summary>
    Pending,

    /// <summary>A message for it is on its way to a worker.</summary>
    Dispatched,

    /// <summary>A worker has said that it explains it.</summary>
    Running,

    /// <summary>One run won; its rows are counted.</summary>
    Done,

    /// <summary>Given up; the error says why.</summary>
    Failed,

    /// <summary>Replaced by smaller shards.</summary>
    Split,

    /// <summary>Its audit was cancelled.</summary>
    Cancelled,
}
