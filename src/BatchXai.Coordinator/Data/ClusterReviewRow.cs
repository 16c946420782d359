using BatchXai.Contracts.Api;

namespace BatchXai.Coordinator.Data;

/// <summary>What a person said of a group of heatmaps, or of items that they chose. A row is never changed: a later one of the same items replaces it.</summary>
public sealed class ClusterReviewRow
{
    /// <summary>Grows with time.</summary>
    public long Id { get; set; }

    /// <summary>The audit.</summary>
    public Guid AuditId { get; set; }

    /// <summary>The class.</summary>
    public required string Class { get; set; }

    /// <summary>What was reviewed.</summary>
    public ReviewKind Kind { get; set; }

    /// <summary>Number of the group at that time, from 0; null: items were chosen.</summary>
    public int? Cluster { get; set; }

    /// <summary>Places of the items in the dataset, ascending, as a JSON list: what was looked at, also when a report that is written again has other groups.</summary>
    public required string Items { get; set; }

    /// <summary>It is a group that stood out.</summary>
    public bool StoodOut { get; set; }

    /// <summary>What the person says.</summary>
    public ReviewMark Mark { get; set; }

    /// <summary>Why; null: nothing is said.</summary>
    public string? Note { get; set; }

    /// <summary>Who: <c>key:</c> or <c>user:</c> and a name; null: somebody at an open server.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTime CreatedAt { get; set; }
}
