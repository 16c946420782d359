using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>The few highest-scored rows of a stream; of equal scores the earlier item stays.</summary>
internal sealed class BestRows(int size)
{
    private readonly PriorityQueue<ItemResult, (double Score, long Earlier)> rows = new();

    public void Add(ItemResult row, double score)
    {
        var priority = (score, -row.Item);
        if (rows.Count < size)
        {
            rows.Enqueue(row, priority);
        }
        else
        {
            rows.EnqueueDequeue(row, priority);
        }
    }

    public IReadOnlyList<ItemResult> InOrder() =>
        [.. rows.UnorderedItems.OrderByDescending(entry => entry.Priority).Select(entry => entry.Element)];
}
