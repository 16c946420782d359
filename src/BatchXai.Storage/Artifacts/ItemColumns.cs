using System.Reflection;
using System.Text.Json;
using BatchXai.Contracts.Results;
using Parquet.Schema;

namespace BatchXai.Storage.Artifacts;

/// <summary>
/// The columns of <c>items.parquet</c>: the properties of <see cref="ItemResult"/> in order, then those of <see cref="FocusMeasures"/>, in snake_case.
/// A property added there is a column here; README.md must then describe it.
/// </summary>
internal static class ItemColumns
{
    public static IReadOnlyList<ItemColumn> All { get; } =
    [
        .. Properties(typeof(ItemResult)).Where(property => property.Name != nameof(ItemResult.Measures)).Select(Column),
        .. Properties(typeof(FocusMeasures)).Select(Measure),
    ];

    public static ParquetSchema Schema { get; } = new(All.Select(column => column.Field));

    /// <summary>A row to be filled: every column that is there sets its property.</summary>
    public static ItemResult EmptyRow() => new() { Item = 0, ItemId = "", Split = "", Outcome = default };

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken);

    private static string Name(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static ItemColumn Column(PropertyInfo property) => property.PropertyType switch
    {
        { } type when type == typeof(string) => new TextColumn(Name(property), MayBeNull(property), "string", Get<string?>(property), Set<string?>(property)),
        { } type when type == typeof(long) => new ValueColumn<long>(Name(property), "int64", Get<long>(property), Set<long>(property)),
        { } type when type == typeof(int?) => new NullableColumn<int>(Name(property), "int32", Get<int?>(property), Set<int?>(property)),
        { } type when type == typeof(double?) => new NullableColumn<double>(Name(property), "double", Get<double?>(property), Set<double?>(property)),
        { } type when type == typeof(bool?) => new NullableColumn<bool>(Name(property), "bool", Get<bool?>(property), Set<bool?>(property)),
        { } type when type == typeof(ItemOutcome) => TextColumn.OfEnum(Name(property), Get<ItemOutcome>(property), Set<ItemOutcome>(property)),
        { } type when type == typeof(HeatmapStatus) => TextColumn.OfEnum(Name(property), Get<HeatmapStatus>(property), Set<HeatmapStatus>(property)),
        { } type when type == typeof(MaskStatus) => TextColumn.OfEnum(Name(property), Get<MaskStatus>(property), Set<MaskStatus>(property)),
        { } type when type == typeof(MaskKind) => TextColumn.OfEnum(Name(property), Get<MaskKind>(property), Set<MaskKind>(property)),
        var type => throw new NotSupportedException($"ItemResult.{property.Name} has the type {type}, for which there is no column yet."),
    };

    private static NullableColumn<double> Measure(PropertyInfo property)
    {
        var get = property.GetMethod!.CreateDelegate<Func<FocusMeasures, double?>>();
        var set = property.SetMethod!.CreateDelegate<Action<FocusMeasures, double?>>();
        return new(Name(property), "double", row => get(row.Measures), (row, value) => set(row.Measures, value));
    }

    // Init-only setters are ordinary methods at run time.
    private static Func<ItemResult, T> Get<T>(PropertyInfo property) => property.GetMethod!.CreateDelegate<Func<ItemResult, T>>();

    private static Action<ItemResult, T> Set<T>(PropertyInfo property) => property.SetMethod!.CreateDelegate<Action<ItemResult, T>>();

    private static bool MayBeNull(PropertyInfo property) => new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
}
