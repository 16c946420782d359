using BatchXai.Contracts.Api;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Coordinator.Review;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Front.Clusters;

/// <summary>What people have said so far.</summary>
/// <param name="Listed">The reviews of the class, the newest first, at most 50.</param>
/// <param name="Here">How right the search for groups is by the reviews of this audit.</param>
/// <param name="Everywhere">The same by those of all audits that the visitor sees.</param>
/// <param name="MayAdd">The visitor may add one.</param>
public sealed record ReviewsSeen(IReadOnlyList<ReviewView> Listed, DetectorPrecision Here, DetectorPrecision Everywhere, bool MayAdd)
{
    private const int Most = 50;

    /// <summary>What holds of a group now; null: nobody has said anything of these items.</summary>
    /// <param name="shown">The class.</param>
    /// <param name="cluster">Number of the group.</param>
    public ReviewMark? Of(ClassScatter shown, int cluster)
    {
        ArgumentNullException.ThrowIfNull(shown);
        var items = shown.ItemsOf(cluster);
        return Listed.FirstOrDefault(review => !review.Replaced && review.Items.SequenceEqual(items))?.Mark;
    }

    /// <summary>Reads them.</summary>
    internal static async Task<ReviewsSeen> ReadAsync(AuditDb db, Guid id, string name, HttpContext context, IAuditPlaces places, CancellationToken cancellationToken) => new(
        (await ClusterReviews.ListAsync(db, id, name, null, Most, cancellationToken)).Reviews,
        DetectorJudge.Of(await ClusterReviews.CountAsync(db, db.Audits.Where(row => row.Id == id), cancellationToken)),
        await EverywhereAsync(context, places, cancellationToken),
        await Visitor.MayChangeAsync(context, id, cancellationToken));

    /// <summary>How right the search for groups is by the reviews of all audits that a visitor sees.</summary>
    internal static async Task<DetectorPrecision> EverywhereAsync(HttpContext context, IAuditPlaces places, CancellationToken cancellationToken)
    {
        List<IReadOnlyDictionary<ReviewMark, int>> counts = [];
        var only = Visitor.Only(context);
        foreach (var place in (await places.LookAsync(cancellationToken)).Places)
        {
            await using var db = await place.Databases.CreateDbContextAsync(cancellationToken);
            counts.Add(await ClusterReviews.CountAsync(db, db.Audits.Where(row => only == null || row.CreatedBy == only), cancellationToken));
        }

        return DetectorJudge.Of(counts);
    }
}
