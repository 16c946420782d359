using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Coordinator.Front.Places;
using Microsoft.Extensions.Caching.Memory;

namespace BatchXai.Coordinator.Front.Cohorts;

/// <summary>Figures of cohorts of finished audits, whose rows stay as they are: each is kept for a while, and few are read at once.</summary>
internal sealed class CohortGlances : IDisposable
{
    private const int Most = 200;
    private const int AtOnce = 2;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly MemoryCache read = new(new MemoryCacheOptions { SizeLimit = Most });
    private readonly SemaphoreSlim room = new(AtOnce);

    /// <summary>The figures of the items that an address asks for.</summary>
    public async Task<CohortFigures> FindAsync(AuditPlace place, OverfittingReport report, ItemsRequest request, CancellationToken cancellationToken)
    {
        var name = (place, report.AuditId, report.CreatedAt, request.Query);
        if (read.TryGetValue(name, out CohortFigures? known))
        {
            return known!;
        }

        await room.WaitAsync(cancellationToken);
        try
        {
            await using var db = await place.Databases.CreateDbContextAsync(cancellationToken);
            var figures = await new CohortReader(db, report.Causal, report.Request.Seed).ReadAsync(request.Query, cancellationToken);
            return read.Set(name, figures, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
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
}
