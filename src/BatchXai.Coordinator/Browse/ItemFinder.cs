using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Browse;

/// <summary>
/// Finds items in the database. A list has two parts, those with a value of what it is ordered by and the rest: each is ordered by plain columns, as indexes are, and
/// the rest comes last in either direction.
/// </summary>
internal static class ItemFinder
{
    /// <summary>Matches are counted up to here.</summary>
    public const int MostCounted = 10_000;

    /// <summary>Reads a page.</summary>
    /// <param name="db">The database.</param>
    /// <param name="query">Which items, in which order.</param>
    /// <param name="from">The item that the page comes after, or before; null: the first page, or the last.</param>
    /// <param name="backwards">The page ends before <paramref name="from"/>.</param>
    /// <param name="most">Most rows of the page.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<FoundItems> PageAsync(AuditDb db, ItemQuery query, ItemCursor? from, bool backwards, int most, CancellationToken cancellationToken)
    {
        var (rows, down) = (new List<ItemRow>(), query.Descending != backwards);
        bool[] parts = query.Sort == ItemSort.Item ? [false] : backwards ? [false, true] : [true, false];
        var start = from is null || parts.Length == 1 ? 0 : Array.IndexOf(parts, from.Key is not null);
        for (var at = start; at < parts.Length && rows.Count <= most; at++)
        {
            var here = at == start ? from : null;
            rows.AddRange(await (parts[at] ? Valued(db, query, here, down) : Others(db, query, here, down)).Take(most + 1 - rows.Count).ToListAsync(cancellationToken));
        }

        var more = rows.Count > most;
        rows.RemoveRange(Math.Min(most, rows.Count), Math.Max(0, rows.Count - most));
        if (backwards)
        {
            rows.Reverse();
        }

        var (first, last) = rows.Count == 0 ? (null, null) : (ItemCursor.Of(rows[0], query.Sort), ItemCursor.Of(rows[^1], query.Sort));
        return new(rows, (backwards ? more : from is not null) ? first : null, (backwards ? from is not null : more) ? last : null);
    }

    /// <summary>How many items match, at most <see cref="MostCounted"/> + 1: to count a million takes longer than to show a page.</summary>
    public static Task<int> CountAsync(AuditDb db, ItemQuery query, CancellationToken cancellationToken) =>
        Seen(db, query).Take(MostCounted + 1).CountAsync(cancellationToken);

    /// <summary>Heatmaps with a value of what the list is ordered by.</summary>
    private static IQueryable<ItemRow> Valued(AuditDb db, ItemQuery query, ItemCursor? from, bool down)
    {
        var maps = Matching(db, query).Where(row => row.Result.Method == query.Method && row.Result.Target == query.Target);
        var keyed = (query.Sort switch
        {
            ItemSort.Focus => maps.Select(row => new Keyed { Row = row, Key = row.Result.Measures.Focus }),
            ItemSort.BackgroundShare => maps.Select(row => new Keyed { Row = row, Key = row.Result.Measures.BackgroundAttention }),
            _ => maps.Select(row => new Keyed { Row = row, Key = row.Result.Confidence }),
        }).Where(row => row.Key != null);
        if (from is { Key: { } key, Item: var item })
        {
            // The first comparison alone bounds the walk through an index; the second leaves out what has the same value.
            keyed = down ? keyed.Where(row => row.Key <= key && (row.Key < key || row.Row.Item < item)) : keyed.Where(row => row.Key >= key && (row.Key > key || row.Row.Item > item));
        }

        var ordered = (IsContrary(query, down), down) switch
        {
            (true, true) => keyed.OrderByDescending(row => row.Key + 0.0), // No index is ordered by this.
            (true, false) => keyed.OrderBy(row => row.Key + 0.0),
            (false, true) => keyed.OrderByDescending(row => row.Key),
            _ => keyed.OrderBy(row => row.Key),
        };
        return (down ? ordered.ThenByDescending(row => row.Row.Item) : ordered.ThenBy(row => row.Row.Item)).Select(row => row.Row);
    }

    /// <summary>
    /// Whether a filter leaves what the order brings last. Focus is high where little attention is on the background; planners take columns for independent, and would walk through nearly all of an
    /// index to find the first match.
    /// </summary>
    private static bool IsContrary(ItemQuery query, bool down) => query.Sort switch
    {
        ItemSort.Focus => query.OfSeen.Any(filter => (down ? filter.BackgroundFrom : filter.BackgroundTo) is not null),
        ItemSort.BackgroundShare => query.OfSeen.Any(filter => (down ? filter.FocusFrom : filter.FocusTo) is not null),
        _ => false,
    };

    /// <summary>What has no such value, by item; in a list by item that is all.</summary>
    private static IQueryable<ItemRow> Others(AuditDb db, ItemQuery query, ItemCursor? from, bool down)
    {
        var rows = query.Sort switch
        {
            ItemSort.Item => Seen(db, query),
            ItemSort.Focus => Matching(db, query).Where(row => row.Result.Method == null || (row.Result.Method == query.Method && row.Result.Target == query.Target && row.Result.Measures.Focus == null)),
            ItemSort.BackgroundShare => Matching(db, query).Where(row => row.Result.Method == null || (row.Result.Method == query.Method && row.Result.Target == query.Target && row.Result.Measures.BackgroundAttention == null)),
            _ => Matching(db, query).Where(row => row.Result.Method == null || (row.Result.Method == query.Method && row.Result.Target == query.Target && row.Result.Confidence == null)),
        };
        if (from is { Item: var item })
        {
            rows = down ? rows.Where(row => row.Item < item) : rows.Where(row => row.Item > item);
        }

        return down ? rows.OrderByDescending(row => row.Item) : rows.OrderBy(row => row.Item);
    }

    private static IQueryable<ItemRow> Seen(AuditDb db, ItemQuery query) =>
        Matching(db, query).Where(row => row.Result.Method == null || (row.Result.Method == query.Method && row.Result.Target == query.Target));

    private static IQueryable<ItemRow> Matching(AuditDb db, ItemQuery query) => db.Items.AsNoTracking().Where(row => row.AuditId == query.AuditId).Matching(db, query);

    private sealed class Keyed
    {
        public required ItemRow Row { get; init; }

        public double? Key { get; init; }
    }
}
