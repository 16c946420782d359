using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Watch;

/// <summary>Where audits stand, from the rows alone.</summary>
public sealed class AuditViews(IDbContextFactory<AuditDb> databases, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>One audit; null: there is none.</summary>
    /// <param name="auditId">The audit.</param>
    /// <param name="warnings">Its warnings, where the caller knows them; they are read from the plan otherwise.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<AuditView?> FindAsync(Guid auditId, IReadOnlyList<string>? warnings, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Audits.AsNoTracking().SingleOrDefaultAsync(row => row.Id == auditId, cancellationToken) is not { } audit)
        {
            return null;
        }

        var states = await db.Shards.Where(shard => shard.AuditId == auditId).GroupBy(shard => shard.State)
            .Select(group => new { group.Key, Count = group.Count(), Done = group.Sum(shard => (long)shard.ItemsDone), Failed = group.Sum(shard => (long)shard.ItemsFailed) })
            .ToDictionaryAsync(group => group.Key, cancellationToken);
        int Count(ShardState state) => states.TryGetValue(state, out var group) ? group.Count : 0;
        // What a run that was given up had done is not done.
        var counted = states.Where(state => state.Key is ShardState.Done or ShardState.Running).Select(state => state.Value).ToList();
        var done = counted.Sum(group => group.Done);
        return new AuditView
        {
            Id = audit.Id,
            Name = audit.Name,
            State = audit.State,
            Items = audit.Items,
            Done = done,
            Failed = counted.Sum(group => group.Failed),
            Shards = new(
                Count(ShardState.Pending), Count(ShardState.Dispatched), Count(ShardState.Running), Count(ShardState.Done), Count(ShardState.Failed), Count(ShardState.Split), Count(ShardState.Cancelled)),
            ItemsPerSecond = Rate(audit, done),
            Error = audit.Error,
            Warnings = warnings ?? await WarningsAsync(audit, cancellationToken),
            Weight = audit.Weight,
            CreatedAt = audit.CreatedAt,
            PlannedAt = audit.PlannedAt,
            EndedAt = audit.EndedAt,
        };
    }

    /// <summary>A page of audits, newest first.</summary>
    /// <param name="createdBy">Only those of this caller; null: everybody's.</param>
    /// <param name="state">Only those in this state; null: any.</param>
    /// <param name="name">Only those of this name; null: any.</param>
    /// <param name="before">Only those older than this one; null: from the newest.</param>
    /// <param name="limit">Most audits of the page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<AuditList> ListAsync(string? createdBy, AuditState? state, string? name, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var audits = db.Audits.AsNoTracking();
        audits = createdBy is null ? audits : audits.Where(row => row.CreatedBy == createdBy);
        audits = state is null ? audits : audits.Where(row => row.State == state);
        audits = name is null ? audits : audits.Where(row => row.Name == name);
        // Ids grow with time.
        audits = before is null ? audits : audits.Where(row => row.Id < before);
        var page = await audits.OrderByDescending(row => row.Id).Take(limit + 1)
            .Select(row => new AuditLine(row.Id, row.Name, row.State, row.Items, row.Error, row.CreatedAt, row.EndedAt)).ToListAsync(cancellationToken);
        return page.Count > limit ? new(page[..limit], page[limit - 1].Id) : new(page, null);
    }

    /// <summary>A page of an audit's shards, by number.</summary>
    public async Task<ShardList> ShardsAsync(Guid auditId, ShardState? state, int? after, int limit, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var shards = db.Shards.AsNoTracking().Where(row => row.AuditId == auditId && row.Number > (after ?? -1));
        shards = state is null ? shards : shards.Where(row => row.State == state);
        var page = await shards.OrderBy(row => row.Number).Take(limit + 1)
            .Select(row => new ShardView(row.Number, row.State, row.FirstItem, row.Items, row.ItemsDone, row.ItemsFailed, row.Attempt, row.Deaths, row.Worker, row.Error)).ToListAsync(cancellationToken);
        return page.Count > limit ? new(page[..limit], page[limit - 1].Number) : new(page, null);
    }

    /// <summary>Whether there is such an audit, and where it stands; null: there is none.</summary>
    public async Task<AuditState?> StateAsync(Guid auditId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Audits.Where(row => row.Id == auditId).Select(row => (AuditState?)row.State).SingleOrDefaultAsync(cancellationToken);
    }

    private double? Rate(AuditRow audit, long done)
    {
        var seconds = ((audit.EndedAt ?? clock.GetUtcNow().UtcDateTime) - audit.PlannedAt)?.TotalSeconds;
        return seconds >= 1 ? done / seconds : null;
    }

    private async Task<IReadOnlyList<string>> WarningsAsync(AuditRow audit, CancellationToken cancellationToken)
    {
        if (audit.Items == 0)
        {
            return []; // Not planned.
        }

        try
        {
            var plan = await blobs.ReadJsonAsync<AuditPlan>(ArtifactAddresses.Plan(audit.Id), cancellationToken);
            return [.. plan.Model.Warnings, .. plan.Warnings];
        }
        catch (FileNotFoundException)
        {
            return []; // Being deleted.
        }
    }
}
