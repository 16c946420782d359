using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace BatchXai.Storage.Artifacts;

/// <summary>One column of a table of rows and the property of the row that it carries.</summary>
internal abstract class RowColumn<TRow>(DataField field, string type)
{
    public DataField Field { get; } = field;

    public string Name => Field.Name;

    /// <summary>Its type as README.md writes it.</summary>
    public string Type { get; } = type;

    public abstract Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TRow> rows, CancellationToken cancellationToken);

    /// <summary>Sets the property in every row of a row group.</summary>
    public abstract Task ReadAsync(ParquetRowGroupReader group, DataField stored, TRow[] rows, CancellationToken cancellationToken);
}

/// <summary>A text, or an enum as snake_case text.</summary>
internal sealed class TextColumn<TRow>(string name, bool nullable, string type, Func<TRow, string?> get, Action<TRow, string?> set)
    : RowColumn<TRow>(new DataField(name, typeof(string), isNullable: nullable), type)
{
    public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        group.WriteAsync(Field, rows.Select(get).ToList()!);

    public override async Task ReadAsync(ParquetRowGroupReader group, DataField stored, TRow[] rows, CancellationToken cancellationToken)
    {
        var values = new string?[rows.Length];
        await group.ReadAsync(stored, values!, null, cancellationToken);
        for (var i = 0; i < rows.Length; i++)
        {
            set(rows[i], values[i]);
        }
    }

    public static TextColumn<TRow> OfEnum<T>(string name, Func<TRow, T> get, Action<TRow, T> set)
        where T : struct, Enum
    {
        var texts = Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
        var values = texts.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        return new(
            name,
            false,
            "one of " + string.Join(", ", texts.Values),
            row => texts[get(row)],
            (row, text) => set(row, values.TryGetValue(text ?? "", out var value) ? value : throw new InvalidDataException($"Column {name} holds '{Shown.Text(text ?? "null")}'.")));
    }
}

/// <summary>A number or truth value that is always there.</summary>
internal sealed class ValueColumn<TRow, T>(string name, string type, Func<TRow, T> get, Action<TRow, T> set)
    : RowColumn<TRow>(new DataField<T>(name, false), type)
    where T : struct
{
    public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        group.WriteAsync<T>(Field, rows.Select(get).ToArray(), cancellationToken: cancellationToken);

    public override async Task ReadAsync(ParquetRowGroupReader group, DataField stored, TRow[] rows, CancellationToken cancellationToken)
    {
        var values = new T[rows.Length];
        await group.ReadAsync<T>(stored, values.AsMemory(), null, cancellationToken);
        for (var i = 0; i < rows.Length; i++)
        {
            set(rows[i], values[i]);
        }
    }
}

/// <summary>A number or truth value that may be undefined.</summary>
internal sealed class NullableColumn<TRow, T>(string name, string type, Func<TRow, T?> get, Action<TRow, T?> set)
    : RowColumn<TRow>(new DataField<T>(name, true), type)
    where T : struct
{
    public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        group.WriteAsync<T>(Field, rows.Select(row => get(row) is double and (double.NaN or double.PositiveInfinity or double.NegativeInfinity) ? null : get(row)).ToArray(), cancellationToken: cancellationToken);

    public override async Task ReadAsync(ParquetRowGroupReader group, DataField stored, TRow[] rows, CancellationToken cancellationToken)
    {
        var values = new T?[rows.Length];
        await group.ReadAsync<T>(stored, values.AsMemory(), null, cancellationToken);
        for (var i = 0; i < rows.Length; i++)
        {
            set(rows[i], values[i]);
        }
    }
}
