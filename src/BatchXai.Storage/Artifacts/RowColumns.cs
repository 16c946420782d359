using System.Reflection;
using System.Text.Json;
using BatchXai.Contracts.Results;

namespace BatchXai.Storage.Artifacts;

/// <summary>Columns that are the properties of a row type, in order, in snake_case.</summary>
internal static class RowColumns<TRow>
{
    public static IEnumerable<RowColumn<TRow>> Of(Func<PropertyInfo, bool> wanted) => RowColumns.Properties(typeof(TRow)).Where(wanted).Select(Column);

    private static RowColumn<TRow> Column(PropertyInfo property) => property.PropertyType switch
    {
        { } type when type == typeof(string) => new TextColumn<TRow>(RowColumns.Name(property), MayBeNull(property), "string", Get<string?>(property), Set<string?>(property)),
        { } type when type == typeof(long) => new ValueColumn<TRow, long>(RowColumns.Name(property), "int64", Get<long>(property), Set<long>(property)),
        { } type when type == typeof(long?) => new NullableColumn<TRow, long>(RowColumns.Name(property), "int64", Get<long?>(property), Set<long?>(property)),
        { } type when type == typeof(int?) => new NullableColumn<TRow, int>(RowColumns.Name(property), "int32", Get<int?>(property), Set<int?>(property)),
        { } type when type == typeof(double?) => new NullableColumn<TRow, double>(RowColumns.Name(property), "double", Get<double?>(property), Set<double?>(property)),
        { } type when type == typeof(bool?) => new NullableColumn<TRow, bool>(RowColumns.Name(property), "bool", Get<bool?>(property), Set<bool?>(property)),
        { } type when type == typeof(ItemOutcome) => Words<ItemOutcome>(property),
        { } type when type == typeof(HeatmapStatus) => Words<HeatmapStatus>(property),
        { } type when type == typeof(MaskStatus) => Words<MaskStatus>(property),
        { } type when type == typeof(MaskKind) => Words<MaskKind>(property),
        { } type when type == typeof(CausalTest) => Words<CausalTest>(property),
        { } type when type == typeof(CausalFill) => Words<CausalFill>(property),
        { } type when type == typeof(CausalStatus) => Words<CausalStatus>(property),
        var type => throw new NotSupportedException($"{typeof(TRow).Name}.{property.Name} has the type {type}, for which there is no column yet."),
    };

    private static TextColumn<TRow> Words<T>(PropertyInfo property)
        where T : struct, Enum => TextColumn<TRow>.OfEnum(RowColumns.Name(property), Get<T>(property), Set<T>(property));

    // Init-only setters are ordinary methods at run time.
    private static Func<TRow, T> Get<T>(PropertyInfo property) => property.GetMethod!.CreateDelegate<Func<TRow, T>>();

    private static Action<TRow, T> Set<T>(PropertyInfo property) => property.SetMethod!.CreateDelegate<Action<TRow, T>>();

    private static bool MayBeNull(PropertyInfo property) => new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
}

/// <summary>What columns of any row have in common.</summary>
internal static class RowColumns
{
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken);

    public static string Name(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
}
