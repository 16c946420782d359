using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Places;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Front.Operations;

/// <summary>How one place is.</summary>
/// <param name="Folder">The output folder; null: a server's database.</param>
/// <param name="Audits">Audits by state; a state that does not occur is left out.</param>
/// <param name="Shards">Shards by state, of audits that have not ended.</param>
/// <param name="Workers">Workers that were ever heard of, by name.</param>
/// <param name="Failures">Shards that were given up, the latest first.</param>
public sealed record SystemFacts(
    string? Folder, IReadOnlyDictionary<AuditState, int> Audits, IReadOnlyDictionary<ShardState, int> Shards, IReadOnlyList<WorkerView> Workers, IReadOnlyList<ShardFailure> Failures)
{
    private const int MostFailures = 20;
    private static readonly AuditState[] Ended = [AuditState.Done, AuditState.Failed, AuditState.Cancelled];

    /// <summary>Looks at a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="createdBy">Only at audits of this caller; null: at everybody's.</param>
    /// <param name="now">Now, UTC.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public static async Task<SystemFacts> OfAsync(AuditPlace place, string? createdBy, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        await using var db = await place.Databases.CreateDbContextAsync(cancellationToken);
        var seen = db.Audits.Where(row => createdBy == null || row.CreatedBy == createdBy);
        var audits = await seen.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var open = seen.Where(row => !Ended.Contains(row.State)).Select(row => row.Id);
        var shards = await db.Shards.Where(shard => open.Contains(shard.AuditId)).GroupBy(shard => shard.State)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new(place.Folder, audits, shards, await WorkerEndpoints.ReadAsync(db, now, cancellationToken), await FailuresAsync(db, seen.Select(row => row.Id), cancellationToken));
    }

    private static async Task<IReadOnlyList<ShardFailure>> FailuresAsync(AuditDb db, IQueryable<Guid> audits, CancellationToken cancellationToken) =>
        await db.Shards.AsNoTracking().Where(shard => shard.State == ShardState.Failed && audits.Contains(shard.AuditId)).OrderByDescending(shard => shard.EndedAt).Take(MostFailures)
            .Select(shard => new ShardFailure(shard.AuditId, shard.Number, shard.Worker, shard.Deaths, shard.Error, shard.EndedAt)).ToListAsync(cancellationToken);
}

/// <summary>A shard that was given up.</summary>
/// <param name="AuditId">Its audit.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Worker">The worker that ran it last; null: unknown.</param>
/// <param name="Deaths">Runs that ended without a word.</param>
/// <param name="Error">Why the latest run failed; null: unknown.</param>
/// <param name="EndedAt">When, UTC.</param>
public sealed record ShardFailure(Guid AuditId, int Number, string? Worker, int Deaths, string? Error, DateTime? EndedAt);
