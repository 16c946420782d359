using BatchXai.Clusters.Comparison;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BatchXai.Clusters;

/// <summary>What the cluster's database says, read past every program.</summary>
public sealed class ClusterDatabase(string connectionString)
{
    // Not pooled: a server that is killed leaves no dead connection behind.
    private readonly string connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString();

    private DbContextOptions<PostgresAuditDb> Options => new DbContextOptionsBuilder<PostgresAuditDb>().UseNpgsql(connectionString).Options;

    /// <summary>Makes the tables.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var db = new PostgresAuditDb(Options);
        await db.Database.MigrateAsync(ct);
    }

    public async Task<AuditRow> AuditAsync(Guid audit, CancellationToken ct)
    {
        await using var db = new PostgresAuditDb(Options);
        return await db.Audits.AsNoTracking().SingleAsync(row => row.Id == audit, ct);
    }

    /// <summary>All shards of an audit, split ones too, in the order of their items.</summary>
    public async Task<List<ShardRow>> ShardsAsync(Guid audit, CancellationToken ct)
    {
        await using var db = new PostgresAuditDb(Options);
        return await db.Shards.AsNoTracking().Where(row => row.AuditId == audit).OrderBy(row => row.FirstItem).ThenBy(row => row.Number).ToListAsync(ct);
    }

    /// <summary>Shards of all audits in a state.</summary>
    public async Task<int> CountAsync(ShardState state, CancellationToken ct)
    {
        await using var db = new PostgresAuditDb(Options);
        return await db.Shards.CountAsync(row => row.State == state, ct);
    }

    /// <summary>Every counted row of an audit.</summary>
    public async Task<List<ItemResult>> RowsAsync(Guid audit, CancellationToken ct)
    {
        await using var db = new PostgresAuditDb(Options);
        return await OutputFolder.RowsAsync(db, audit, ct);
    }

    /// <summary>Every counted row of an audit's causal tests.</summary>
    public async Task<List<CausalResult>> CausalAsync(Guid audit, CancellationToken ct)
    {
        await using var db = new PostgresAuditDb(Options);
        return await db.CausalResultsOf(audit).ToListAsync(ct);
    }

    /// <summary>Every heatmap of the counted runs; <paramref name="open"/> opens artifacts.</summary>
    public async Task<StoredMaps> MapsAsync(Guid audit, Func<string, Task<Stream>> open, CancellationToken ct)
    {
        await using var db = new PostgresAuditDb(Options);
        return await StoredMaps.OfAsync(db, audit, open, ct);
    }

    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        return connection;
    }
}
