using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Coordinator.Report;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>One item as it is shown.</summary>
/// <param name="Audit">Its audit, which is planned.</param>
/// <param name="Address">The list that the person comes from.</param>
/// <param name="Request">The same, read.</param>
/// <param name="Rows">Its rows: one a method × target, or a single one without a heatmap.</param>
/// <param name="Run">The run whose results these are.</param>
/// <param name="Tests">Its causal tests; empty: it took no part.</param>
/// <param name="Donors">Item → id and class of those that lent it a background.</param>
/// <param name="Pictured">What pictures of its tests show; null: none were kept.</param>
/// <param name="Before">The item before it in the list; null: it is the first, or the list cannot be read.</param>
/// <param name="After">The item after it.</param>
public sealed record ItemView(
    AuditSeen Audit, ItemsAddress Address, ItemsRequest Request, IReadOnlyList<ItemRow> Rows, Guid Run, IReadOnlyList<CausalResult> Tests, IReadOnlyDictionary<long, (string Id, string? Label)> Donors,
    PicturedItem? Pictured, long? Before, long? After)
{
    /// <summary>The rows' common part: id, label, prediction.</summary>
    public ItemResult Common => Rows[0].Result;

    /// <summary>The item's place in the dataset.</summary>
    public long Item => Rows[0].Item;

    /// <summary>The rows that have a heatmap, or would have had one.</summary>
    public IReadOnlyList<ItemRow> Maps => [.. Rows.Where(row => row.Result.Method is not null)];

    /// <summary>Name of an output of the model.</summary>
    public string OutputName(int? output) => output is { } at && at >= 0 && at < Audit.Plan!.OutputNames.Count ? Audit.Plan.OutputNames[at] : "?";

    /// <summary>Reads an item; null: there is none in the shards done so far.</summary>
    public static async Task<ItemView?> ReadAsync(AuditDb db, AuditPlace place, AuditSeen audit, AuditPlan plan, ItemsAddress address, ItemsRequest request, long item, CancellationToken cancellationToken)
    {
        var rows = await db.Items.AsNoTracking().Where(row => row.AuditId == audit.Row.Id && row.Item == item).OrderBy(row => row.Row).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return null;
        }

        var shard = rows[0].Shard;
        var run = await db.Shards.Where(row => row.AuditId == audit.Row.Id && row.Number == shard).Select(row => row.RunId).SingleOrDefaultAsync(cancellationToken) ?? Guid.Empty;
        var tests = await db.CausalResultsOf(audit.Row.Id, [item], cancellationToken).ToListAsync(cancellationToken);
        var lenders = tests.Select(test => test.Donor).OfType<long>().Distinct().ToList();
        var donors = await db.Items.Where(row => row.AuditId == audit.Row.Id && lenders.Contains(row.Item) && row.Row == 0)
            .Select(row => new { row.Item, row.Result.ItemId, row.Result.Label }).ToListAsync(cancellationToken);
        var pictured = tests.Count == 0 ? [] : await new PicturedItemReader(plan, place.Blobs, new Dictionary<int, Guid> { [shard] = run }).KeptAsync(shard, cancellationToken);
        return new(
            audit, address, request, rows, run, tests, donors.ToDictionary(donor => donor.Item, donor => (donor.ItemId, donor.Label)), pictured.FirstOrDefault(kept => kept.Item == item),
            await BesideAsync(db, request, rows, backwards: true, cancellationToken), await BesideAsync(db, request, rows, backwards: false, cancellationToken));
    }

    /// <summary>The next item of the list in one direction. The item itself need not be in it.</summary>
    private static async Task<long?> BesideAsync(AuditDb db, ItemsRequest request, List<ItemRow> rows, bool backwards, CancellationToken cancellationToken)
    {
        if (request.Problems.Count > 0)
        {
            return null;
        }

        var query = request.Query;
        var here = rows.Find(row => row.Result.Method == query.Method && row.Result.Target == query.Target) ?? rows.Find(row => row.Result.Method is null);
        var page = here is null ? null : await ItemFinder.PageAsync(db, query, ItemCursor.Of(here, query.Sort), backwards, 1, cancellationToken);
        return page is { Rows: [var next] } ? next.Item : null;
    }
}
