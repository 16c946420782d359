using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Data;

/// <summary>One recorded row of results: item × method × target.</summary>
public sealed class ItemRow
{
    /// <summary>The audit.</summary>
    public Guid AuditId { get; set; }

    /// <summary>The shard whose run was counted.</summary>
    public int Shard { get; set; }

    /// <summary>Row in that run's <c>items.parquet</c>.</summary>
    public int Row { get; set; }

    /// <summary>The row as the worker wrote it.</summary>
    public required ItemResult Result { get; set; }
}
