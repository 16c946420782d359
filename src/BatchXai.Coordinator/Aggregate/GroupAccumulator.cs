using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Items and heatmaps of one class or one split.</summary>
internal sealed class GroupAccumulator
{
    private readonly Dictionary<(string Method, string Target), MapAccumulator> maps = [];
    private readonly RunningMean confidence = new();
    private long judged;
    private long correct;

    public long Items { get; private set; }

    public Proportion Accuracy => SupportRule.Share(correct, judged);

    /// <summary>Mean probability of the predicted classes; null: nothing was predicted.</summary>
    public double? Confidence => confidence.Mean;

    public IEnumerable<(string Method, string Target)> Keys => maps.Keys;

    public MapAccumulator Maps(string method, string target)
    {
        if (!maps.TryGetValue((method, target), out var accumulator))
        {
            maps[(method, target)] = accumulator = new MapAccumulator();
        }

        return accumulator;
    }

    public void AddItem(ItemResult firstRow)
    {
        Items++;
        confidence.Add(firstRow.Confidence);
        if (firstRow.Correct is { } right)
        {
            judged++;
            correct += right ? 1 : 0;
        }
    }
}
