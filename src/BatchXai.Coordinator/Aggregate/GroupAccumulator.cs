using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Items and heatmaps of one class or one split.</summary>
internal sealed class GroupAccumulator
{
    private readonly Dictionary<(string Method, string Target), MapAccumulator> maps = [];
    private long judged;
    private long correct;

    public long Items { get; private set; }

    public Proportion Accuracy => SupportRule.Share(correct, judged);

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
        if (firstRow.Correct is { } right)
        {
            judged++;
            correct += right ? 1 : 0;
        }
    }
}
