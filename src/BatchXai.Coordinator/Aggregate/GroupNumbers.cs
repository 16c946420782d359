using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Numbers the groups of the cluster bootstrap. An item without a group is a group of its own.</summary>
internal sealed class GroupNumbers
{
    private readonly Dictionary<string, int> numbers = [];
    private int alone;

    public bool Any => numbers.Count > 0;

    public int Of(ItemResult row)
    {
        if (row.Group is not { } group)
        {
            return --alone;
        }

        if (!numbers.TryGetValue(group, out var number))
        {
            numbers[group] = number = numbers.Count;
        }

        return number;
    }
}
