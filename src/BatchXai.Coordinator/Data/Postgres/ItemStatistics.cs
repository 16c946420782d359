using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>
/// What the planner knows of <c>items</c> as a whole: by that it plans every view, also of one audit. Autovacuum looks at partitions only, and without it the views
/// sort a million rows on disk where a table of a hundred groups would do.
/// </summary>
internal static class ItemStatistics
{
    // Looking at each partition as well cannot be avoided before PostgreSQL 18, so the sample is small and taken once a day: classes and methods change little.
    private const string IsDue = "SELECT coalesce(max(last_analyze), '-infinity') < now() - interval '1 day' FROM pg_stat_user_tables WHERE relid = 'items'::regclass";
    private const string Look = "ANALYZE items (label, split, method, target, mask_kind, mask_status, status, outcome)";

    /// <summary>Looks at a sample of the rows, if nobody has for a day.</summary>
    public static async Task RefreshAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        await using (var asked = new NpgsqlCommand(IsDue, connection))
        {
            if (await asked.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return;
            }
        }

        // Each statement for itself: in a transaction the partitions would stay locked until the last one has been looked at.
        await RunAsync("SET default_statistics_target = 10", cancellationToken);
        try
        {
            await RunAsync(Look, cancellationToken);
        }
        finally
        {
            await RunAsync("RESET default_statistics_target", CancellationToken.None);
        }

        async Task RunAsync(string sql, CancellationToken stop)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}
