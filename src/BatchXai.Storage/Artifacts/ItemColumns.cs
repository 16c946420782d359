using System.Reflection;
using BatchXai.Contracts.Results;

namespace BatchXai.Storage.Artifacts;

/// <summary>
/// The columns of <c>items.parquet</c>: the properties of <see cref="ItemResult"/> in order, then those of <see cref="FocusMeasures"/>, in snake_case.
/// A property added there is a column here; README.md must then describe it.
/// </summary>
internal static class ItemColumns
{
    public static IReadOnlyList<RowColumn<ItemResult>> All { get; } =
    [
        .. RowColumns<ItemResult>.Of(property => property.Name != nameof(ItemResult.Measures)),
        .. RowColumns.Properties(typeof(FocusMeasures)).Select(Measure),
    ];

    /// <summary>A row to be filled: every column that is there sets its property.</summary>
    public static ItemResult EmptyRow() => new() { Item = 0, ItemId = "", Split = "", Outcome = default };

    private static NullableColumn<ItemResult, double> Measure(PropertyInfo property)
    {
        var get = property.GetMethod!.CreateDelegate<Func<FocusMeasures, double?>>();
        var set = property.SetMethod!.CreateDelegate<Action<FocusMeasures, double?>>();
        return new(RowColumns.Name(property), "double", row => get(row.Measures), (row, value) => set(row.Measures, value));
    }
}
