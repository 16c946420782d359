using System.Diagnostics.CodeAnalysis;
using BatchXai.Coordinator.Browse;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>
/// Indexes by which people find single items of an audit. They are made on its partition alone and only when its rows are complete: kept up from the first row on, each would take
/// nearly as long as the rows themselves.
/// </summary>
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "DDL takes no parameters; the only text put in is a GUID.")]
internal static class ItemIndexes
{
    private static readonly (string Name, string On)[] All =
    [
        ("by_focus", "(method, target, focus, item)"),
        ("by_background", "(method, target, background_attention, item)"),
        ("by_confidence", "(method, target, confidence, item)"),
        ("by_class", $"(substring(label, 1, {ItemMatching.NameStart}))"),
        ("by_prediction", $"(substring(predicted_name, 1, {ItemMatching.NameStart}))"),
        ("by_mistake", "(item) WHERE NOT correct"),
        ("by_outcome", "(outcome, item) WHERE outcome <> 'explained'"),
    ];

    /// <summary>Makes those that are missing, and looks at a sample of the rows, so that the planner chooses well among them.</summary>
    public static async Task MakeAsync(NpgsqlDataSource server, Guid auditId, CancellationToken cancellationToken)
    {
        var partition = AuditPartitions.ItemsOf(auditId);
        var indexes = string.Join('\n', All.Select(index => $"CREATE INDEX IF NOT EXISTS {partition}_{index.Name} ON {partition} {index.On};"));
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"DO $$ BEGIN IF to_regclass('{partition}') IS NOT NULL THEN {indexes} ANALYZE {partition}; END IF; END $$", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
