using System.Text.Json;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Front.Places;
using Microsoft.Extensions.Caching.Memory;

namespace BatchXai.Coordinator.Front.Cohorts;

/// <summary>
/// Figures of cohorts of finished audits, whose rows stay as they are: each is kept for a while, and few are read at once. What a cohort is held against is the same for all cohorts of an audit,
/// takes longest, and is kept by itself.
/// </summary>
internal sealed class CohortGlances : IDisposable
{
    // In sums of one group each: some audits have a group for every few items.
    private const int Most = 100_000;
    private const int AtOnce = 2;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly MemoryCache read = new(new MemoryCacheOptions { SizeLimit = Most });
    private readonly SemaphoreSlim room = new(AtOnce);

    /// <summary>The figures of the items that a query finds.</summary>
    public async Task<CohortFigures> FindAsync(AuditPlace place, OverfittingReport report, ItemQuery query, CancellationToken cancellationToken)
    {
        var name = (place, report.CreatedAt, JsonSerializer.Serialize(query)); // By value, single items too.
        if (read.TryGetValue(name, out CohortFigures? known))
        {
            return known!;
        }

        await room.WaitAsync(cancellationToken);
        try
        {
            await using var db = await place.Databases.CreateDbContextAsync(cancellationToken);
            var reader = new CohortReader(db, AuditTotals.Of(report));
            var whole = (place, report.CreatedAt, query.AuditId, query.Method, query.Target);
            if (!read.TryGetValue(whole, out IReadOnlyList<MapSums>? sums))
            {
                sums = Keep(whole, await reader.SumsAsync(query, cancellationToken), sums => sums.Count);
            }

            return Keep(name, await reader.ReadAsync(query, sums!, cancellationToken), _ => 1);
        }
        finally
        {
            room.Release();
        }
    }

    public void Dispose()
    {
        read.Dispose();
        room.Dispose();
    }

    private T Keep<T>(object name, T value, Func<T, int> size) => read.Set(name, value, new MemoryCacheEntryOptions { Size = 1 + size(value), AbsoluteExpirationRelativeToNow = Kept });
}
