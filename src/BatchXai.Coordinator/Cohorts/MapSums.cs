using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Cohorts;

/// <summary>Usable heatmaps of one kind of mask and one group, added up by the database. Those without a group are added up together.</summary>
/// <param name="Kind">What says where the objects are.</param>
/// <param name="Group">The group; null: each item stands for itself.</param>
/// <param name="Usable">Heatmaps.</param>
/// <param name="N">Those with a focus κ.</param>
/// <param name="Sum">Σ κ.</param>
/// <param name="Squares">Σ κ².</param>
/// <param name="Backgrounds">Those with a share of attention on the background.</param>
/// <param name="Background">Σ of that share.</param>
/// <param name="Area">Σ of the object's area, over the same.</param>
internal sealed record MapSums(MaskKind Kind, string? Group, long Usable, long N, double Sum, double Squares, long Backgrounds, double Background, double Area)
{
    /// <summary>Adds up the usable heatmaps that a query sees.</summary>
    public static async Task<IReadOnlyList<MapSums>> ReadAsync(AuditDb db, ItemQuery query, CancellationToken cancellationToken)
    {
        var maps = db.Items.AsNoTracking().Where(row => row.AuditId == query.AuditId && row.Result.Method == query.Method && row.Result.Target == query.Target
            && row.Result.Status == HeatmapStatus.Ok && row.Result.MaskStatus == MaskStatus.Ok && row.Result.MaskKind != MaskKind.None).Matching(db, query);
        var sums = await maps.GroupBy(row => new { row.Result.MaskKind, row.Result.Group }).Select(maps => new
        {
            maps.Key.MaskKind,
            maps.Key.Group,
            Usable = maps.LongCount(),
            N = maps.LongCount(row => row.Result.Measures.Focus != null),
            Sum = maps.Sum(row => row.Result.Measures.Focus) ?? 0,
            Squares = maps.Sum(row => row.Result.Measures.Focus * row.Result.Measures.Focus) ?? 0,
            Backgrounds = maps.LongCount(row => row.Result.Measures.BackgroundAttention != null && row.Result.Measures.ObjectArea != null),
            Background = maps.Sum(row => row.Result.Measures.ObjectArea == null ? null : row.Result.Measures.BackgroundAttention) ?? 0,
            Area = maps.Sum(row => row.Result.Measures.BackgroundAttention == null ? null : row.Result.Measures.ObjectArea) ?? 0,
        }).ToListAsync(cancellationToken);
        return [.. sums.Select(one => new MapSums(one.MaskKind, one.Group, one.Usable, one.N, one.Sum, one.Squares, one.Backgrounds, one.Background, one.Area))];
    }

    /// <summary>What is left of some when a part of them is taken away.</summary>
    public static IReadOnlyList<MapSums> Without(IReadOnlyList<MapSums> all, IReadOnlyList<MapSums> part)
    {
        var parts = part.ToDictionary(one => (one.Kind, one.Group));
        return [.. all.Select(one => parts.TryGetValue((one.Kind, one.Group), out var taken)
            ? new(one.Kind, one.Group, one.Usable - taken.Usable, one.N - taken.N, one.Sum - taken.Sum, one.Squares - taken.Squares, one.Backgrounds - taken.Backgrounds, one.Background - taken.Background, one.Area - taken.Area)
            : one)];
    }
}
