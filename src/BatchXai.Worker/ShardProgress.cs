using BatchXai.Contracts.Datasets;

namespace BatchXai.Worker;

/// <summary>How far a run is; written by the pipeline, read by heartbeat and watchdog.</summary>
internal sealed class ShardProgress
{
    private readonly Lock gate = new();
    private readonly Queue<DatasetItem> underWay = [];
    private int done;
    private int failed;
    private int moves;

    public int Done => Volatile.Read(ref done);

    public int Failed => Volatile.Read(ref failed);

    /// <summary>Grows whenever anything moves: an item is taken, decoded, explained or stored.</summary>
    public int Moves => Volatile.Read(ref moves);

    /// <summary>Ids of the items that have been taken and have not ended, in order.</summary>
    public IReadOnlyList<string> UnderWay
    {
        get
        {
            lock (gate)
            {
                return [.. underWay.Select(item => item.Id)];
            }
        }
    }

    /// <summary>An item is taken out of the manifest.</summary>
    public void Begin(DatasetItem item)
    {
        lock (gate)
        {
            underWay.Enqueue(item);
        }

        Move();
    }

    public void Move() => Interlocked.Increment(ref moves);

    /// <summary>The oldest items have ended: items end in the order in which they were taken.</summary>
    public void Add(int items, int failures)
    {
        lock (gate)
        {
            for (var ended = 0; ended < items && underWay.Count > 0; ended++)
            {
                underWay.Dequeue();
            }
        }

        Interlocked.Add(ref failed, failures);
        Interlocked.Add(ref done, items);
        Move();
    }
}
