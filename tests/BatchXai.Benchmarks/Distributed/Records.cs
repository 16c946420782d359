using System.Diagnostics;
using Npgsql;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>What happened when, as the database tells it.</summary>
internal sealed class Records(string connectionString)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    public string ConnectionString { get; } = connectionString;

    /// <summary>One number; <c>@audit</c> in the text is the audit.</summary>
    public async Task<double> NumberAsync(Guid audit, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"SELECT CAST(({sql}) AS double precision)", connection) { CommandTimeout = 300 };
        command.Parameters.AddWithValue("audit", audit);
        return await command.ExecuteScalarAsync(ct) is double number ? number : double.NaN;
    }

    /// <summary>Waits until a condition holds; an audit that fails meanwhile is an error.</summary>
    public async Task UntilAsync(Guid audit, string condition, CancellationToken ct)
    {
        while (await NumberAsync(audit, $"SELECT CASE WHEN {condition} THEN 1 ELSE 0 END", ct) < 1)
        {
            if (await NumberAsync(audit, "SELECT count(*) FROM audits WHERE id = @audit AND state = 'failed'", ct) > 0)
            {
                throw new InvalidOperationException($"The audit failed: {await TextAsync(audit, "SELECT error FROM audits WHERE id = @audit", ct)}");
            }

            await Task.Delay(Tick, ct);
        }
    }

    /// <summary>Gives every tenth item rows of all causal tests, as many as there are items: a worker tests some 2,000 items unless it is asked for more, which says little of views.</summary>
    /// <returns>Rows.</returns>
    public async Task<double> TestEveryTenthAsync(Guid audit, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        const string text =
            """
            INSERT INTO causal_results (audit_id, item, "row", shard, label, split, mask_kind, test, fill, status, correct_before, probability_before, predicted, confidence, correct, probability, flipped)
            SELECT audit_id, item, place, shard, label, split, mask_kind, (ARRAY['placebo', 'mixed_same', 'mixed_rand', 'object_removed', 'background_blurred'])[place % 5 + 1],
                (ARRAY['diffusion', 'blur'])[place / 5 + 1], 'ok', correct, confidence, drawn % 100, confidence, drawn % 100 = CAST(label AS integer), confidence, drawn % 100 <> predicted
            FROM items CROSS JOIN generate_series(0, 9) AS place CROSS JOIN LATERAL (SELECT CASE WHEN hashint8(item * 10 + place) % 4 > 0 THEN predicted ELSE abs(hashint8(item) % 100) END) AS made (drawn)
            WHERE audit_id = @audit AND "row" = 0 AND item % 10 = 0
            """;
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 300 };
        command.Parameters.AddWithValue("audit", audit);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Seconds that each view takes to be read for one audit.</summary>
    public async Task<IReadOnlyList<(string View, double Seconds)>> ViewsAsync(Guid audit, CancellationToken ct)
    {
        var names = (await TextAsync(audit, "SELECT string_agg(DISTINCT table_name, ' ') FROM information_schema.columns JOIN pg_views ON viewname = table_name AND schemaname = 'public' WHERE column_name = 'audit_id'", ct)).Split(' ');
        var times = new List<(string, double)>();
        foreach (var name in names)
        {
            var clock = Stopwatch.StartNew();
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand($"SELECT * FROM \"{name}\" WHERE audit_id = @audit", connection);
            command.Parameters.AddWithValue("audit", audit);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
            }

            times.Add((name, clock.Elapsed.TotalSeconds));
        }

        return times;
    }

    private async Task<string> TextAsync(Guid audit, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("audit", audit);
        return await command.ExecuteScalarAsync(ct) as string ?? "";
    }
}
