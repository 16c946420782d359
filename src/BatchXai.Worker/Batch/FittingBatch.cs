using BatchXai.Onnx.Torch;

namespace BatchXai.Worker.Batch;

/// <summary>Takes items through torch in batches that fit into its memory: one that does not is halved, and those after it begin with what fitted.</summary>
/// <param name="most">Items in the largest batch.</param>
internal sealed class FittingBatch(int most)
{
    /// <summary>Items in the largest batch that is tried now.</summary>
    public int Most { get; private set; } = most;

    /// <summary>Runs <paramref name="run"/> on parts of <paramref name="items"/>, in order, until all were taken. What a single item does not fit into fails.</summary>
    public async Task RunAsync<T>(List<T> items, Func<List<T>, Task> run)
    {
        for (var done = 0; done < items.Count;)
        {
            var part = items.GetRange(done, Math.Min(Most, items.Count - done));
            try
            {
                await run(part);
                done += part.Count;
            }
            catch (Exception failure) when (part.Count > 1 && TorchMemory.WasShort(failure))
            {
                Most = part.Count / 2;
            }
        }
    }
}
