using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Front.Places;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Front.Audits;

/// <summary>Lists the audits of all places, newest first.</summary>
internal sealed class AuditEntries(IAuditPlaces places, ReportGlances glances)
{
    private const int AtOnce = 8;

    /// <summary>A page of the list, with what the reports say.</summary>
    public async Task<AuditEntryPage> ListAsync(AuditFilter filter, int limit, CancellationToken cancellationToken)
    {
        var list = await NamesAsync(filter, limit, cancellationToken);
        var entries = list.Entries.ToArray();
        await Parallel.ForAsync(0, entries.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (at, stop) =>
        {
            if (entries[at].State == AuditState.Done)
            {
                entries[at] = entries[at] with { Report = await glances.FindAsync(entries[at].Place, entries[at].Id, stop) };
            }
        });
        return list with { Entries = entries };
    }

    /// <summary>A page of the list, from the rows alone.</summary>
    public async Task<AuditEntryPage> NamesAsync(AuditFilter filter, int limit, CancellationToken cancellationToken)
    {
        var seen = await places.LookAsync(cancellationToken);
        List<AuditEntry> found = [];
        foreach (var place in seen.Places)
        {
            found.AddRange(await ReadAsync(place, filter, limit + 1, cancellationToken));
        }

        // Ids grow with time.
        var page = found.OrderByDescending(entry => entry.Id).Take(limit).ToList();
        return new(page, found.Count > limit ? page[^1].Id : null, seen.Troubles);
    }

    private static async Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditPlace place, AuditFilter filter, int most, CancellationToken cancellationToken)
    {
        await using var db = await place.Databases.CreateDbContextAsync(cancellationToken);
        var audits = db.Audits.AsNoTracking();
        audits = filter.State is { } state ? audits.Where(row => row.State == state) : audits;
        audits = filter.Model is { } model ? audits.Where(row => row.ModelName!.Contains(model)) : audits;
        audits = filter.ModelIs is { } name ? audits.Where(row => row.ModelName == name) : audits;
        audits = filter.Before is { } before ? audits.Where(row => row.Id < before) : audits;
        audits = filter.CreatedBy is { } caller ? audits.Where(row => row.CreatedBy == caller) : audits;
        var rows = await audits.OrderByDescending(row => row.Id).Take(most)
            .Select(row => new AuditEntry { Place = place, Id = row.Id, Name = row.Name, Model = row.ModelName, State = row.State, Items = row.Items, CreatedAt = row.CreatedAt, EndedAt = row.EndedAt })
            .ToListAsync(cancellationToken);
        var open = rows.Where(row => row is { State: not AuditState.Done, Items: > 0 }).Select(row => row.Id).ToList();
        var done = await db.Shards.Where(shard => open.Contains(shard.AuditId) && (shard.State == ShardState.Done || shard.State == ShardState.Running))
            .GroupBy(shard => shard.AuditId).Select(group => new { group.Key, Done = group.Sum(shard => (long)shard.ItemsDone) })
            .ToDictionaryAsync(group => group.Key, group => group.Done, cancellationToken);
        return [.. rows.Select(row => row with { Done = row.State == AuditState.Done ? row.Items : done.GetValueOrDefault(row.Id) })];
    }
}
