using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Browse;

/// <summary>The items that a query finds, whatever it is asked of them.</summary>
internal static class CohortMembers
{
    private const int AtOnce = 2_000;

    /// <summary>Places of the items in the dataset, each once.</summary>
    public static IQueryable<long> Of(AuditDb db, ItemQuery query) => Rows(db, query).Select(row => row.Item);

    /// <summary>One row of each item: of the heatmaps that the query looks at, or, where it asks for no measure, the first one.</summary>
    public static IQueryable<ItemRow> Rows(AuditDb db, ItemQuery query)
    {
        var rows = db.Items.AsNoTracking().Where(row => row.AuditId == query.AuditId);
        return (query.OfSeen.Any(filter => filter.AsksMeasures)
            ? rows.Where(row => row.Result.Method == query.Method && row.Result.Target == query.Target)
            : rows.Where(row => row.Row == 0)).Matching(db, query);
    }

    /// <summary>Which of some items are among them: for lists that come from elsewhere.</summary>
    public static async Task<IReadOnlySet<long>> AmongAsync(AuditDb db, ItemQuery query, IReadOnlyCollection<long> items, CancellationToken cancellationToken)
    {
        HashSet<long> found = [];
        foreach (var some in items.Chunk(AtOnce))
        {
            found.UnionWith(await Rows(db, query).Where(row => some.Contains(row.Item)).Select(row => row.Item).ToListAsync(cancellationToken));
        }

        return found;
    }
}
