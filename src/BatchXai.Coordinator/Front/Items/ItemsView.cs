using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Data;

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

    /// <summary>Reads the items that an address asks for; none where it cannot be read.</summary>
    public static async Task<ItemsView> ReadAsync(AuditDb db, AuditSeen audit, ItemsAddress address, CancellationToken cancellationToken)
    {
        if (audit.Plan is not { } plan)
        {
            return new(audit, address, null, null, 0);
        }

        var request = ItemsRequest.Read(address, plan.Request);
        return request.Problems.Count > 0
            ? new(audit, address, request, null, 0)
            : new(
                audit, address, request,
                await ItemFinder.PageAsync(db, request.Query, request.After ?? request.Before, request.Before is not null, PageSize, cancellationToken),
                await ItemFinder.CountAsync(db, request.Query, cancellationToken));
    }
}
