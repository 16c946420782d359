using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Review;

/// <summary>What people say of groups of heatmaps.</summary>
internal static class ClusterReviews
{
    /// <summary>Stores a review; earlier ones are kept.</summary>
    /// <param name="db">The database.</param>
    /// <param name="auditId">The audit.</param>
    /// <param name="scatter">What was found in it.</param>
    /// <param name="asked">What the person says.</param>
    /// <param name="by">Who it is; null: somebody at an open server.</param>
    /// <param name="now">Now, UTC.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="UserErrorException">It is of something that was not found; every problem is named.</exception>
    public static async Task<ReviewView> AddAsync(AuditDb db, Guid auditId, ClusterScatter scatter, NewReview asked, string? by, DateTime now, CancellationToken cancellationToken)
    {
        var (items, group) = ReviewCheck.Checked(scatter, asked);
        var row = new ClusterReviewRow
        {
            AuditId = auditId,
            Class = PlainText.Of(asked.Class),
            Kind = asked.Cluster is null ? ReviewKind.Selection : ReviewKind.Cluster,
            Cluster = asked.Cluster,
            Items = Text(items),
            StoodOut = group is { StandsOut: true },
            Mark = asked.Mark,
            Note = string.IsNullOrWhiteSpace(asked.Note) ? null : asked.Note.Trim(),
            CreatedBy = by,
            CreatedAt = now,
        };
        db.ClusterReviews.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return View(row, replaced: false);
    }

    /// <summary>A page of an audit's reviews, the newest first.</summary>
    /// <param name="db">The database.</param>
    /// <param name="auditId">The audit.</param>
    /// <param name="name">Only those of this class; null: of all.</param>
    /// <param name="before">Only those older than this one; null: from the newest.</param>
    /// <param name="limit">Most reviews of the page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<(IReadOnlyList<ReviewView> Reviews, long? Next)> ListAsync(AuditDb db, Guid auditId, string? name, long? before, int limit, CancellationToken cancellationToken)
    {
        var plain = name is null ? null : PlainText.Of(name);
        var rows = await db.ClusterReviews.AsNoTracking().Where(row => row.AuditId == auditId && (plain == null || row.Class == plain) && (before == null || row.Id < before)).OrderByDescending(row => row.Id).Take(limit + 1)
            .Select(row => new { Row = row, Replaced = db.ClusterReviews.Any(later => later.AuditId == auditId && later.Class == row.Class && later.Items == row.Items && later.Id > row.Id) }).ToListAsync(cancellationToken);
        return ([.. rows.Take(limit).Select(row => View(row.Row, row.Replaced))], rows.Count > limit ? rows[limit - 1].Row.Id : null);
    }

    /// <summary>How many groups that stood out have each mark, by their latest reviews.</summary>
    /// <param name="db">The database.</param>
    /// <param name="audits">In these audits.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static Task<Dictionary<ReviewMark, int>> CountAsync(AuditDb db, IQueryable<AuditRow> audits, CancellationToken cancellationToken) =>
        db.ClusterReviews.Where(row => row.StoodOut && audits.Any(audit => audit.Id == row.AuditId)
                && !db.ClusterReviews.Any(later => later.AuditId == row.AuditId && later.Class == row.Class && later.Items == row.Items && later.Id > row.Id))
            .GroupBy(row => row.Mark).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);

    private static ReviewView View(ClusterReviewRow row, bool replaced) => new(
        row.Id, row.Class, row.Kind, row.Cluster, JsonSerializer.Deserialize<long[]>(row.Items)!, row.StoodOut, row.Mark, row.Note, row.CreatedBy, row.CreatedAt, replaced);

    private static string Text(IReadOnlyList<long> items) => JsonSerializer.Serialize(items);
}
