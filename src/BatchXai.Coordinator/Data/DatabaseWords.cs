using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BatchXai.Coordinator.Data;

/// <summary>One way to write every name and every state, also in SQL: the words of the artifact format. <c>result_measures_focus = 'Ok'</c> would help nobody.</summary>
internal static class DatabaseWords
{
    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>Columns and leaves of complex types, in the order of the model.</summary>
    public static IEnumerable<IReadOnlyProperty> Columns(IReadOnlyTypeBase type) =>
        type.GetProperties().Concat(type.GetComplexProperties().SelectMany(property => Columns(property.ComplexType)));

    public static void UseWords(this ModelBuilder model)
    {
        foreach (var table in model.Model.GetEntityTypes())
        {
            foreach (var column in Columns(table).Cast<IMutableProperty>())
            {
                column.SetColumnName(Of(column.Name));
                if ((Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType) is { IsEnum: true } words)
                {
                    column.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(words))!);
                }
            }

            foreach (var key in table.GetKeys())
            {
                key.SetName($"pk_{table.GetTableName()}");
            }

            foreach (var index in table.GetIndexes())
            {
                index.SetDatabaseName($"ix_{table.GetTableName()}_{string.Join('_', index.Properties.Select(property => property.GetColumnName()))}");
            }
        }
    }
}
