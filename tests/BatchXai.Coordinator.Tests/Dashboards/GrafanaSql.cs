using System.Data.Common;
using System.Text.RegularExpressions;
using Npgsql;

namespace BatchXai.Coordinator.Tests.Dashboards;

/// <summary>Fills a dashboard's statement in as Grafana does, and runs it.</summary>
internal static partial class GrafanaSql
{
    /// <summary>The statement with choices and with a time range of some years.</summary>
    public static string Fill(string sql, IReadOnlyDictionary<string, string> choices)
    {
        var timed = TimeFilter().Replace(sql, "$1 BETWEEN '2029-01-01T00:00:00Z' AND '2031-01-01T00:00:00Z'");
        return Choice().Replace(timed, choice => $"'{choices[choice.Groups[1].Value].Replace("'", "''", StringComparison.Ordinal)}'");
    }

    /// <summary>What it answers.</summary>
    public static async Task<GrafanaTable> ReadAsync(NpgsqlDataSource database, string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<(string, Type)> columns = [.. (await reader.GetColumnSchemaAsync(ct)).Select(column => (column.ColumnName, column.DataType!))];
        List<object?[]> rows = [];
        while (await reader.ReadAsync(ct))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(field => reader.IsDBNull(field) ? null : reader.GetValue(field))]);
        }

        return new(columns, rows);
    }

    [GeneratedRegex(@"\$__timeFilter\((\w+)\)")]
    private static partial Regex TimeFilter();

    [GeneratedRegex(@"\$\{(\w+):sqlstring\}")]
    private static partial Regex Choice();
}

/// <summary>An answer: columns and rows.</summary>
internal sealed record GrafanaTable(IReadOnlyList<(string Name, Type Type)> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Values of a column, in the order of rows.</summary>
    public IEnumerable<object?> Of(string column)
    {
        var at = Columns.Select(one => one.Name).ToList().IndexOf(column);
        return Rows.Select(row => row[at]);
    }
}
