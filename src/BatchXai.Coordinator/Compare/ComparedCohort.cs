using BatchXai.Contracts;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Compare;

/// <summary>The items of a cohort of the first of two audits: by their place there, and by their id in the second.</summary>
internal sealed class ComparedCohort
{
    /// <summary>Most items, because each is kept with its id until both audits are read.</summary>
    public const int Most = 250_000;

    private readonly HashSet<long> places = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <summary>Reads which items they are.</summary>
    /// <exception cref="UserErrorException">There is none, or there are too many.</exception>
    public static async Task<ComparedCohort> ReadAsync(AuditDb db, ItemQuery items, CancellationToken cancellationToken)
    {
        var cohort = new ComparedCohort();
        await foreach (var item in CohortMembers.Rows(db, items).Select(row => new { row.Item, row.Result.ItemId }).Take(Most + 1).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            cohort.places.Add(item.Item);
            cohort.ids.Add(item.ItemId);
        }

        return cohort.places.Count switch
        {
            0 => throw new UserErrorException("The first audit has none of these items. Remove a filter."),
            > Most => throw new UserErrorException($"These are more than {Most:N0} items of the first audit. Compare all items, or filter more."),
            _ => cohort,
        };
    }

    /// <summary>Both audits with these items alone.</summary>
    public (AuditRows First, AuditRows Second) Of(AuditRows first, AuditRows second) =>
        (first with { Rows = first.Rows.Where(row => places.Contains(row.Item)) }, second with { Rows = second.Rows.Where(row => ids.Contains(row.ItemId)) });
}
