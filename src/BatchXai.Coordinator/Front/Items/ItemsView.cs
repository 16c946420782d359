using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Cohorts;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>A page of items as it is shown.</summary>
/// <param name="Audit">Their audit.</param>
/// <param name="Address">What was asked, as it was typed.</param>
/// <param name="Request">What was asked; null: the audit has no items yet.</param>
/// <param name="Page">The items; null: none were looked for.</param>
/// <param name="Count">How many there are on all pages, at most one more than are counted.</param>
public sealed record ItemsView(AuditSeen Audit, ItemsAddress Address, ItemsRequest? Request, FoundItems? Page, int Count)
{
    private const int PageSize = 60;

    /// <summary>Cohorts that can be chosen.</summary>
    public IReadOnlyList<CohortView> Cohorts { get; init; } = [];

    /// <summary>The filter as it may be saved; null: it leaves no item out, or nothing can be saved here.</summary>
    public CohortDraft? Draft { get; init; }

    /// <summary>Reads the items that an address asks for; none where it cannot be read.</summary>
    public static async Task<ItemsView> ReadAsync(AuditDb db, AuditSeen audit, ItemsAddress address, ItemsRequest? request, CancellationToken cancellationToken) =>
        request is null || request.Problems.Count > 0
            ? new(audit, address, request, null, 0)
            : new(
                audit, address, request,
                await ItemFinder.PageAsync(db, request.Query, request.After ?? request.Before, request.Before is not null, PageSize, cancellationToken),
                await ItemFinder.CountAsync(db, request.Query, cancellationToken));
}
