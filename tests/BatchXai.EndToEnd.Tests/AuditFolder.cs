using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.Data.Sqlite;

namespace BatchXai.EndToEnd.Tests;

/// <summary>What an audit left in its output folder, read as another program would read it.</summary>
internal static class AuditFolder
{
    public static Task<OverfittingReport> ReportAsync(string folder, CancellationToken ct) => ReportJson.ReadAsync<OverfittingReport>(new FolderBlobStore(folder), "report.json", ct);

    public static Task<ClusterScatter> ScatterAsync(string folder, CancellationToken ct) => ReportJson.ReadAsync<ClusterScatter>(new FolderBlobStore(folder), "clusters.json", ct);

    /// <summary>Every recorded row in the order of the items, without what differs from run to run.</summary>
    public static async Task<List<ItemResult>> RowsAsync(string folder, CancellationToken ct)
    {
        var rows = new List<ItemResult>();
        foreach (var run in await WinnersAsync(folder, ct))
        {
            await using var file = File.OpenRead(Path.Combine(run, ArtifactAddresses.ItemsName));
            await foreach (var row in ItemsParquet.ReadAsync(file, ct))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>Folder of the counted run of every shard, in order.</summary>
    public static async Task<List<string>> WinnersAsync(string folder, CancellationToken ct)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "batchxai.db")};Pooling=False");
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT audit_id, number, run_id FROM shards WHERE state = 'done' ORDER BY first_item";
        await using var reader = await command.ExecuteReaderAsync(ct);
        var runs = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            runs.Add(Path.Combine(folder, ArtifactAddresses.Run(Guid.Parse(reader.GetString(0)), reader.GetInt32(1), Guid.Parse(reader.GetString(2)))));
        }

        return runs;
    }
}
