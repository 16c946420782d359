using System.Runtime.CompilerServices;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Data;

/// <summary>One recorded row of the causal tests: item × test × fill.</summary>
public sealed class CausalRow
{
    /// <summary>The audit.</summary>
    public Guid AuditId { get; set; }

    /// <summary>The item's place in the dataset.</summary>
    public long Item { get; set; }

    /// <summary>Row of the item, from 0: tests and fills in the worker's order.</summary>
    public int Row { get; set; }

    /// <summary>The shard whose run was counted.</summary>
    public int Shard { get; set; }

    /// <summary>The row as the worker wrote it.</summary>
    public required CausalResult Result { get; set; }

    /// <summary>Gives every row of a shard its key. Rows of one item stand together.</summary>
    internal static async IAsyncEnumerable<CausalRow> NumberedAsync(
        Guid auditId, int shard, IAsyncEnumerable<CausalResult> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (item, row) = (-1L, 0);
        await foreach (var result in results.WithCancellation(cancellationToken))
        {
            (item, row) = (result.Item, result.Item == item ? row + 1 : 0);
            yield return new CausalRow { AuditId = auditId, Item = item, Row = row, Shard = shard, Result = result };
        }
    }
}
