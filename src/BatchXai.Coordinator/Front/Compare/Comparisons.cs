using BatchXai.Contracts;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Compare;
using BatchXai.Coordinator.Front.Places;
using Microsoft.Extensions.Caching.Memory;

namespace BatchXai.Coordinator.Front.Compare;

/// <summary>Compares finished audits, also of two places. It reads every row of both: few are made at once, and each is kept for a while.</summary>
internal sealed class Comparisons(TimeProvider clock) : IDisposable
{
    private const int Most = 32;
    private const int AtOnce = 2;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly MemoryCache made = new(new MemoryCacheOptions { SizeLimit = Most });
    private readonly SemaphoreSlim room = new(AtOnce);

    /// <summary>Compares two finished audits.</summary>
    /// <exception cref="UserErrorException">They have nothing to compare.</exception>
    /// <exception cref="FileNotFoundException">The files of one of them are gone.</exception>
    public async Task<ComparisonReport> FindAsync((AuditPlace Place, Guid Id) first, (AuditPlace Place, Guid Id) second, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        try
        {
            return made.TryGetValue((first, second), out ComparisonReport? known) ? known! : made.Set(
                (first, second), await MakeAsync(first, second, cancellationToken), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
        }
        finally
        {
            room.Release();
        }
    }

    public void Dispose()
    {
        made.Dispose();
        room.Dispose();
    }

    private async Task<ComparisonReport> MakeAsync((AuditPlace Place, Guid Id) first, (AuditPlace Place, Guid Id) second, CancellationToken cancellationToken)
    {
        // Both are read in step, so each needs a connection of its own.
        await using var firstDb = await first.Place.Databases.CreateDbContextAsync(cancellationToken);
        await using var secondDb = await second.Place.Databases.CreateDbContextAsync(cancellationToken);
        return await ComparisonBuilder.BuildAsync(
            await first.Place.Comparer.OpenAsync(firstDb, first.Id, cancellationToken), await second.Place.Comparer.OpenAsync(secondDb, second.Id, cancellationToken), clock.GetUtcNow(), cancellationToken);
    }
}
