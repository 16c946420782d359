using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Data;

/// <summary>One recorded row of results: item × method × target.</summary>
public sealed class ItemRow
{
    /// <summary>The audit.</summary>
    public Guid AuditId { get; set; }

    /// <summary>The item's place in the dataset.</summary>
    public long Item { get; set; }

    /// <summary>Row of the item, from 0: methods and targets in the worker's order.</summary>
    public int Row { get; set; }

    /// <summary>The shard whose run was counted.</summary>
    public int Shard { get; set; }

    /// <summary>The row as the worker wrote it.</summary>
    public required ItemResult Result { get; set; }
}
