using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>Binary COPY of item rows. The columns come from the model, so a new measure is written without a change here.</summary>
internal sealed class ItemCopy
{
    private static readonly ConditionalWeakTable<IModel, ItemCopy> Known = [];

    private readonly string columns;
    private readonly Func<NpgsqlBinaryImporter, ItemRow, CancellationToken, Task>[] writers;

    private ItemCopy(IModel model)
    {
        var properties = DatabaseWords.Columns(model.FindEntityType(typeof(ItemRow))!).ToList();
        columns = string.Join(", ", properties.Select(property => $"\"{property.GetColumnName()}\""));
        writers = [.. properties.Select(Writer)];
    }

    public static ItemCopy For(IModel model) => Known.GetValue(model, made => new ItemCopy(made));

    /// <summary>Streams rows into a table, in the connection's transaction if it has one.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, string table, IAsyncEnumerable<ItemRow> rows, CancellationToken cancellationToken)
    {
        await using var import = await connection.BeginBinaryImportAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await import.StartRowAsync(cancellationToken);
            foreach (var write in writers)
            {
                await write(import, row, cancellationToken);
            }
        }

        await import.CompleteAsync(cancellationToken);
    }

    /// <summary>Reads the property off a row, through the complex types around it and the model's conversion.</summary>
    private static Func<NpgsqlBinaryImporter, ItemRow, CancellationToken, Task> Writer(IReadOnlyProperty property)
    {
        var row = Expression.Parameter(typeof(ItemRow));
        var value = Access(row, property);
        var converter = property.GetTypeMapping().Converter ?? property.GetValueConverter();
        if (converter is not null)
        {
            value = Expression.Invoke(converter.ConvertToProviderExpression, value);
        }

        var type = Nullable.GetUnderlyingType(value.Type);
        var writer = type is null ? nameof(WriterOf) : nameof(NullableWriterOf);
        return (Func<NpgsqlBinaryImporter, ItemRow, CancellationToken, Task>)typeof(ItemCopy)
            .GetMethod(writer, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(type ?? value.Type).Invoke(null, [Expression.Lambda(value, row).Compile()])!;
    }

    private static Expression Access(ParameterExpression row, IReadOnlyProperty property)
    {
        var type = property.DeclaringType as IReadOnlyComplexType;
        var within = type is null ? (Expression)row : AccessComplex(row, type.ComplexProperty);
        return Expression.Property(within, property.PropertyInfo!);
    }

    private static Expression AccessComplex(ParameterExpression row, IReadOnlyComplexProperty property) => Expression.Property(
        property.DeclaringType is IReadOnlyComplexType type ? AccessComplex(row, type.ComplexProperty) : row, property.PropertyInfo!);

    private static Func<NpgsqlBinaryImporter, ItemRow, CancellationToken, Task> WriterOf<T>(Func<ItemRow, T> get) =>
        (import, row, cancellationToken) => get(row) is { } value ? import.WriteAsync(value, cancellationToken) : import.WriteNullAsync(cancellationToken);

    private static Func<NpgsqlBinaryImporter, ItemRow, CancellationToken, Task> NullableWriterOf<T>(Func<ItemRow, T?> get)
        where T : struct =>
        (import, row, cancellationToken) => get(row) is { } value ? import.WriteAsync(value, cancellationToken) : import.WriteNullAsync(cancellationToken);
}
