using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>The report's list of items: examples of what was found in zones, then the first method × target's own.</summary>
internal static class Listing
{
    private const int FindingsShown = 3;

    public static IReadOnlyList<ListedItem> Of(
        IReadOnlyList<MethodAccumulator> methods,
        IReadOnlyList<MethodFigures> figures,
        IReadOnlyList<ClassFigures> classes,
        IReadOnlyList<ZoneComparison> comparisons,
        IReadOnlyList<string> outputNames) =>
    [
        .. First(methods.Count, i => OfZones(methods[i], comparisons[i]))
            .Concat(First(methods.Count, i => methods[i].Shortlist.List(SmallClasses(figures[i], classes))))
            .DistinctBy(entry => entry.Row.Item)
            .Select(entry => new ListedItem
            {
                Reason = entry.Reason,
                Result = entry.Row,
                TargetName = entry.Row.TargetOutput is { } output && output >= 0 && output < outputNames.Count ? outputNames[output] : null,
            }),
    ];

    private static IEnumerable<(ListingReason Reason, ItemResult Row)> First(int methods, Func<int, IEnumerable<(ListingReason Reason, ItemResult Row)>> of) =>
        Enumerable.Range(0, methods).Select(i => of(i).ToList()).FirstOrDefault(listed => listed.Count > 0) ?? [];

    private static IEnumerable<(ListingReason Reason, ItemResult Row)> OfZones(MethodAccumulator method, ZoneComparison comparison) =>
        comparison.Findings.Take(FindingsShown).SelectMany(method.ExamplesOf).Select(row => (ListingReason.ZoneFinding, row));

    // Where nothing has a mask, no class has a figure: that is said once, not once a class.
    private static IEnumerable<string> SmallClasses(MethodFigures method, IReadOnlyList<ClassFigures> classes) =>
        method.Focus.Count == 0
            ? []
            : classes
                .Where(row => row.Method == method.Method && row.Target == method.Target && row.Class is not null)
                .Where(row => row.Focus.All(focus => focus.Support == Support.PicturesOnly))
                .Select(row => row.Class!);
}
