using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Clusters.Comparison;

/// <summary>What the one audit in the output folder of <c>batchxai run</c> has counted, as its database says.</summary>
public sealed class OutputFolder(string folder)
{
    /// <summary>Id of the audit.</summary>
    public async Task<Guid> IdAsync(CancellationToken ct)
    {
        await using var db = Open();
        return await IdAsync(db, ct);
    }

    public async Task<List<ItemResult>> RowsAsync(CancellationToken ct)
    {
        await using var db = Open();
        return await RowsAsync(db, await IdAsync(db, ct), ct);
    }

    /// <summary>The rows of its causal tests.</summary>
    public async Task<List<CausalResult>> CausalAsync(CancellationToken ct)
    {
        await using var db = Open();
        return await db.CausalResultsOf(await IdAsync(db, ct)).ToListAsync(ct);
    }

    public async Task<StoredMaps> MapsAsync(CancellationToken ct)
    {
        await using var db = Open();
        return await StoredMaps.OfAsync(db, await IdAsync(db, ct), address => Task.FromResult<Stream>(File.OpenRead(Path.Combine(folder, address))), ct);
    }

    internal static async Task<List<ItemResult>> RowsAsync(AuditDb db, Guid audit, CancellationToken ct)
    {
        var rows = await db.Items.AsNoTracking().Where(row => row.AuditId == audit).OrderBy(row => row.Item).ThenBy(row => row.Row).ToListAsync(ct);
        return [.. rows.Select(row => row.Result with { Item = row.Item })]; // The key has it.
    }

    private static async Task<Guid> IdAsync(AuditDb db, CancellationToken ct) => (await db.Audits.AsNoTracking().SingleAsync(ct)).Id;

    private SqliteAuditDb Open() =>
        new(new DbContextOptionsBuilder<SqliteAuditDb>().UseSqlite(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "batchxai.db"), Pooling = false }.ToString()).Options);
}
