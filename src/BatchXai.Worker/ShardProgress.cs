namespace BatchXai.Worker;

/// <summary>How far a run is; written by the pipeline, read by the heartbeat.</summary>
internal sealed class ShardProgress
{
    private int done;
    private int failed;

    public int Done => Volatile.Read(ref done);

    public int Failed => Volatile.Read(ref failed);

    public void Add(int items, int failures)
    {
        Interlocked.Add(ref failed, failures);
        Interlocked.Add(ref done, items);
    }
}
