using System.Runtime.CompilerServices;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Compare;

/// <summary>What one model made of one item: all that a comparison keeps of its rows.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Label">Class name; null: unlabelled.</param>
/// <param name="Group">Group for clustered statistics; null: none.</param>
/// <param name="Correct">The prediction was right; null: no label, or one that maps to nothing.</param>
/// <param name="Maps">κ by method × target × kind of mask; a map that is not usable is not there.</param>
internal sealed record SeenItem(string Id, string? Label, string? Group, bool? Correct, IReadOnlyList<(MapKey Map, float Focus)> Maps)
{
    /// <summary>Puts the rows of each item together.</summary>
    public static async IAsyncEnumerable<SeenItem> OfAsync(IAsyncEnumerable<ItemResult> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var item = new List<ItemResult>();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (item.Count > 0 && item[0].Item != row.Item)
            {
                yield return Of(item);
                item.Clear();
            }

            item.Add(row);
        }

        if (item.Count > 0)
        {
            yield return Of(item);
        }
    }

    private static SeenItem Of(List<ItemResult> rows) => new(rows[0].ItemId, rows[0].Label, rows[0].Group, rows[0].Correct,
    [
        .. from row in rows
           where row is { Status: HeatmapStatus.Ok, MaskStatus: MaskStatus.Ok, Method: not null, Target: not null, Measures.Focus: not null }
           select (new MapKey(row.Method!, row.Target!, row.MaskKind), (float)row.Measures.Focus!.Value),
    ]);
}

/// <summary>Heatmaps that may be compared with one another.</summary>
internal readonly record struct MapKey(string Method, string Target, MaskKind MaskKind);
