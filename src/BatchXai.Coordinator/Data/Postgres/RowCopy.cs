using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>Binary COPY of the rows of one table. The columns come from the model, so a new measure is written without a change here.</summary>
internal sealed class RowCopy<TRow>
    where TRow : class
{
    private const int Chunk = 1 << 16;
    private static readonly ConditionalWeakTable<IModel, RowCopy<TRow>> Known = [];

    private readonly string columns;
    private readonly Action<CopyBuffer, TRow>[] writers;

    private RowCopy(IModel model)
    {
        var properties = DatabaseWords.Columns(model.FindEntityType(typeof(TRow))!).ToList();
        columns = string.Join(", ", properties.Select(property => $"\"{property.GetColumnName()}\""));
        writers = [.. properties.Select(Writer)];
    }

    public static RowCopy<TRow> For(IModel model) => Known.GetValue(model, made => new RowCopy<TRow>(made));

    /// <summary>Streams rows into a table, in the connection's transaction if it has one.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, string table, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        try
        {
            var buffer = new CopyBuffer();
            buffer.Header();
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                buffer.Row(writers.Length);
                foreach (var write in writers)
                {
                    write(buffer, row);
                }

                if (buffer.Written.Length >= Chunk)
                {
                    await stream.WriteAsync(buffer.Written, cancellationToken);
                    buffer.Clear();
                }
            }

            buffer.Trailer();
            await stream.WriteAsync(buffer.Written, cancellationToken);
        }
        catch
        {
            await CancelAsync(stream); // Otherwise what was sent so far would count as all.
            throw;
        }
    }

    private static async Task CancelAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync();
        }
        catch (Exception lost) when (lost is NpgsqlException or IOException or InvalidOperationException)
        {
            // The connection is gone, and the transaction with it; the first error says more.
        }
    }

    /// <summary>Reads the property off a row, through the complex types around it and the model's conversion, and writes it.</summary>
    private static Action<CopyBuffer, TRow> Writer(IReadOnlyProperty property)
    {
        var (buffer, row) = (Expression.Parameter(typeof(CopyBuffer)), Expression.Parameter(typeof(TRow)));
        Expression read = Expression.Property(Owner(row, property.DeclaringType), property.PropertyInfo!);
        if (property.GetValueConverter() is { } converter)
        {
            read = Expression.Invoke(converter.ConvertToProviderExpression, read);
        }

        var value = Expression.Variable(read.Type);
        var plain = Nullable.GetUnderlyingType(read.Type) is null ? (Expression)value : Expression.Property(value, nameof(Nullable<>.Value));
        Expression write = Expression.Call(buffer, nameof(CopyBuffer.Write), null, plain);
        if (!read.Type.IsValueType || plain != value)
        {
            write = Expression.IfThenElse(Expression.Equal(value, Expression.Constant(null, read.Type)), Expression.Call(buffer, nameof(CopyBuffer.Null), null), write);
        }

        return Expression.Lambda<Action<CopyBuffer, TRow>>(Expression.Block([value], Expression.Assign(value, read), write), buffer, row).Compile();
    }

    /// <summary>The row itself, or the object in it that has the type's properties.</summary>
    private static Expression Owner(Expression row, IReadOnlyTypeBase type) =>
        type is IReadOnlyComplexType within ? Expression.Property(Owner(row, within.ComplexProperty.DeclaringType), within.ComplexProperty.PropertyInfo!) : row;
}
