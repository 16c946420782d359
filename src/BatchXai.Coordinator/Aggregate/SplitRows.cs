using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Rows of the split table: for each method × target all splits, by name.</summary>
internal static class SplitRows
{
    public static IReadOnlyList<SplitFigures> Of(AuditAccumulator audit, IReadOnlyList<MethodAccumulator> methods, long seed) =>
        [.. methods.SelectMany(method => audit.Splits.Select(pair => Row(pair.Key, pair.Value, method, audit.Grouped, seed)))];

    private static SplitFigures Row(string split, GroupAccumulator group, MethodAccumulator method, bool grouped, long seed)
    {
        var maps = group.Maps(method.Method, method.Target);
        return new SplitFigures
        {
            Split = split,
            Items = group.Items,
            Accuracy = group.Accuracy,
            Method = method.Method,
            Target = method.Target,
            Focus = maps.Focus(grouped, seed, $"split {split} {method.Method} {method.Target}"),
            Zones = maps.Zones.Zones(),
        };
    }
}
