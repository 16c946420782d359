using BatchXai.Contracts;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Browse;
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
    /// <param name="first">The first audit.</param>
    /// <param name="second">The second audit.</param>
    /// <param name="items">Only items that this finds in the first; null: all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ComparisonReport> FindAsync((AuditPlace Place, Guid Id) first, (AuditPlace Place, Guid Id) second, ItemQuery? items, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        try
        {
            return made.TryGetValue((first, second, items), out ComparisonReport? known) ? known! : made.Set(
                (first, second, items), await MakeAsync(first, second, items, cancellationToken), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
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

    private async Task<ComparisonReport> MakeAsync((AuditPlace Place, Guid Id) first, (AuditPlace Place, Guid Id) second, ItemQuery? items, CancellationToken cancellationToken)
    {
        // Both are read in step, so each needs a connection of its own.
        await using var firstDb = await first.Place.Databases.CreateDbContextAsync(cancellationToken);
        await using var secondDb = await second.Place.Databases.CreateDbContextAsync(cancellationToken);
        var (one, other) = (await first.Place.Comparer.OpenAsync(firstDb, first.Id, cancellationToken), await second.Place.Comparer.OpenAsync(secondDb, second.Id, cancellationToken));
        if (items is not null)
        {
            (one, other) = (await ComparedCohort.ReadAsync(firstDb, items, cancellationToken)).Of(one, other);
        }

        return await ComparisonBuilder.BuildAsync(one, other, clock.GetUtcNow(), cancellationToken);
    }
}
