using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>All that is kept while the rows of an audit stream by.</summary>
internal sealed class AuditAccumulator
{
    private readonly Dictionary<(string Method, string Target), MethodAccumulator> methods = [];
    private readonly GroupNumbers groups = new();
    private long lastItem = -1;

    // A null label is a class of its own: a tuple, because dictionary keys may not be null.
    public SortedDictionary<(bool Labelled, string Name), GroupAccumulator> Classes { get; } = new(ByName);

    public SortedDictionary<string, GroupAccumulator> Splits { get; } = new(StringComparer.Ordinal);

    public GroupAccumulator All { get; } = new();

    public Dictionary<ItemOutcome, long> Outcomes { get; } = EnumCounts.Of<ItemOutcome>();

    public bool Grouped => groups.Any;

    private static Comparer<(bool Labelled, string Name)> ByName { get; } = Comparer<(bool Labelled, string Name)>.Create(
        (a, b) => a.Labelled == b.Labelled ? string.CompareOrdinal(a.Name, b.Name) : b.Labelled.CompareTo(a.Labelled));

    public void Add(ItemResult row)
    {
        var itsClass = GroupOf(Classes, (row.Label is not null, row.Label ?? ""));
        var itsSplit = GroupOf(Splits, row.Split);
        if (row.Item < lastItem)
        {
            throw new InvalidOperationException($"Rows must be ordered by item: item {row.Item} came after item {lastItem}.");
        }

        if (row.Item > lastItem)
        {
            lastItem = row.Item;
            Outcomes[row.Outcome]++;
            All.AddItem(row);
            itsClass.AddItem(row);
            itsSplit.AddItem(row);
        }

        if (row is { Method: { } method, Target: { } target })
        {
            AddMap(row, method, target, itsClass, itsSplit);
        }
    }

    /// <summary>Method × target: methods in the order of the request, "predicted" before "label".</summary>
    public IReadOnlyList<MethodAccumulator> InOrder(IReadOnlyList<string> requested) =>
    [
        .. methods.Values
            .OrderBy(entry => requested.Contains(entry.Method) ? requested.ToList().IndexOf(entry.Method) : int.MaxValue)
            .ThenBy(entry => entry.Method, StringComparer.Ordinal)
            .ThenByDescending(entry => entry.Target, StringComparer.Ordinal),
    ];

    public MethodAccumulator? Find(string method, string target) => methods.GetValueOrDefault((method, target));

    private void AddMap(ItemResult row, string method, string target, GroupAccumulator itsClass, GroupAccumulator itsSplit)
    {
        if (!methods.TryGetValue((method, target), out var accumulator))
        {
            methods[(method, target)] = accumulator = new MethodAccumulator(method, target);
        }

        var group = groups.Of(row);
        accumulator.Add(row, group);
        itsClass.Maps(method, target).Add(row, group);
        itsSplit.Maps(method, target).Add(row, group);
    }

    private static GroupAccumulator GroupOf<T>(SortedDictionary<T, GroupAccumulator> groups, T key)
        where T : notnull
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups[key] = group = new GroupAccumulator();
        }

        return group;
    }
}
