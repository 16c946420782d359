namespace BatchXai.Contracts.Api;

/// <summary>A page of an audit's reviews, the newest first.</summary>
/// <param name="Reviews">The reviews.</param>
/// <param name="Next">Give it as <c>after</c> to get the next page; null: this is the last.</param>
/// <param name="Detector">How right the search for groups is, by all reviews of the audit.</param>
public sealed record ReviewList(IReadOnlyList<ReviewView> Reviews, long? Next, DetectorPrecision Detector);

/// <summary>One review. A later one of the same items replaces it; it is kept.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="Class">The class.</param>
/// <param name="Kind">What was reviewed.</param>
/// <param name="Cluster">Number of the group at that time, from 0; null: items were chosen.</param>
/// <param name="Items">Places of the items in the dataset, ascending.</param>
/// <param name="StoodOut">It is a group that stood out.</param>
/// <param name="Mark">What the person says.</param>
/// <param name="Note">Why; null: nothing is said.</param>
/// <param name="CreatedBy">Who: <c>key:</c> or <c>user:</c> and a name; null: somebody at an open server.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Replaced">There is a later review of the same items.</param>
public sealed record ReviewView(
    long Id, string Class, ReviewKind Kind, int? Cluster, IReadOnlyList<long> Items, bool StoodOut, ReviewMark Mark, string? Note, string? CreatedBy, DateTimeOffset CreatedAt, bool Replaced);
