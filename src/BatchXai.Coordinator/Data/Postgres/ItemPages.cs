using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using BatchXai.Contracts.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>
/// An audit's rows by binary COPY, in pages of a few thousand items, some read ahead on connections of their own: server and report work side by side, and
/// memory does not grow with the audit. The columns come from the model, as in <see cref="RowCopy{TRow}"/>.
/// </summary>
internal sealed class ItemPages
{
    private const long PageItems = 4_096;
    private const int Ahead = 3;
    private static readonly ConditionalWeakTable<IModel, ItemPages> Known = [];

    private readonly string columns;
    private readonly int count;
    private readonly Func<CopyPage, ItemResult> decode;

    private ItemPages(IModel model)
    {
        var row = model.FindEntityType(typeof(ItemRow))!;
        var result = row.FindComplexProperty(nameof(ItemRow.Result))!.ComplexType;
        List<IReadOnlyProperty> properties = [row.FindProperty(nameof(ItemRow.Item))!, .. DatabaseWords.Columns(result)];
        (columns, count) = (string.Join(", ", properties.Select(property => $"\"{property.GetColumnName()}\"")), properties.Count);
        decode = Decoder(properties, result);
    }

    public static ItemPages For(IModel model) => Known.GetValue(model, made => new ItemPages(made));

    /// <summary>All rows, ordered by item and row.</summary>
    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "COPY takes no parameters; the only texts put in are a GUID and numbers.")]
    public async IAsyncEnumerable<ItemResult> ReadAsync(NpgsqlDataSource server, Guid auditId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = $"{AuditPartitions.ItemsOf(auditId)} WHERE audit_id = '{auditId:D}'";
        await using var asked = server.CreateCommand($"SELECT max(item) FROM {table}");
        var last = await asked.ExecuteScalarAsync(cancellationToken) as long? ?? -1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (reading, spare) = (new Queue<Task<CopyPage>>(), new Stack<CopyPage>());
        try
        {
            for (var first = 0L; first <= last || reading.Count > 0;)
            {
                for (; first <= last && reading.Count < Ahead; first += PageItems)
                {
                    reading.Enqueue(PageAsync(server, $"{table} AND item >= {first} AND item < {first + PageItems}", spare.TryPop(out var again) ? again : new CopyPage(), stop.Token));
                }

                var page = await reading.Dequeue();
                while (page.NextRow(count))
                {
                    yield return decode(page);
                }

                spare.Push(page);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(reading).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            foreach (var page in spare)
            {
                page.Dispose();
            }
        }
    }

    private async Task<CopyPage> PageAsync(NpgsqlDataSource server, string rows, CopyPage page, CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY (SELECT {columns} FROM {rows} ORDER BY item, \"row\") TO STDOUT (FORMAT BINARY)", cancellationToken);
        await page.FillAsync(stream, cancellationToken);
        return page;
    }

    /// <summary>Reads field after field, each into its property, through the model's conversion.</summary>
    private static Func<CopyPage, ItemResult> Decoder(IEnumerable<IReadOnlyProperty> properties, IReadOnlyComplexType whole)
    {
        var (page, result) = (Expression.Parameter(typeof(CopyPage)), Expression.Variable(typeof(ItemResult)));
        Expression made = Expression.Invoke(Expression.Constant((Func<ItemResult>)Empty));
        IEnumerable<Expression> body = properties.Select(property => Assign(property, page, Owner(property, result, whole))).Prepend(Expression.Assign(result, made)).Append<Expression>(result);
        return Expression.Lambda<Func<CopyPage, ItemResult>>(Expression.Block([result], body), page).Compile();
    }

    private static Expression Assign(IReadOnlyProperty property, ParameterExpression page, Expression owner)
    {
        var converter = property.GetValueConverter();
        var type = converter?.ProviderClrType ?? property.ClrType;
        Expression read = Expression.Call(page, $"Read{(Nullable.GetUnderlyingType(type) ?? type).Name}", null);
        read = type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Expression.Property(read, nameof(Nullable<>.Value)) : read;
        return Expression.Assign(Expression.Property(owner, property.Name), converter is null ? read : Expression.Invoke(converter.ConvertFromProviderExpression, read));
    }

    /// <summary>The result, or the object in it that has the property. The item's place is the key's in the table and the result's own here.</summary>
    private static Expression Owner(IReadOnlyProperty property, Expression result, IReadOnlyComplexType whole) =>
        property.DeclaringType is IReadOnlyComplexType within && within != whole ? Expression.Property(result, within.ComplexProperty.Name) : result;

    private static ItemResult Empty() => new() { Item = 0, ItemId = "", Split = "", Outcome = default };
}
