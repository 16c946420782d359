using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>The report's list of items, taken from the first method × target that gave any.</summary>
internal static class Listing
{
    public static IReadOnlyList<ListedItem> Of(
        IReadOnlyList<MethodAccumulator> methods,
        IReadOnlyList<MethodFigures> figures,
        IReadOnlyList<ClassFigures> classes,
        IReadOnlyList<string> outputNames)
    {
        for (var i = 0; i < methods.Count; i++)
        {
            var listed = methods[i].Shortlist.List(SmallClasses(figures[i], classes)).ToList();
            if (listed.Count > 0)
            {
                return [.. listed.Select(entry => new ListedItem
                {
                    Reason = entry.Reason,
                    Result = entry.Row,
                    TargetName = entry.Row.TargetOutput is { } output && output >= 0 && output < outputNames.Count ? outputNames[output] : null,
                })];
            }
        }

        return [];
    }

    // Where nothing has a mask, no class has a figure: that is said once, not once a class.
    private static IEnumerable<string> SmallClasses(MethodFigures method, IReadOnlyList<ClassFigures> classes) =>
        method.Focus.Count == 0
            ? []
            : classes
                .Where(row => row.Method == method.Method && row.Target == method.Target && row.Class is not null)
                .Where(row => row.Focus.All(focus => focus.Support == Support.PicturesOnly))
                .Select(row => row.Class!);
}
