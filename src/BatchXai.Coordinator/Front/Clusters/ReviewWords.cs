using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Front.Clusters;

/// <summary>How reviews are written for people.</summary>
internal static class ReviewWords
{
    public static string Of(ReviewMark mark) => $"{mark}".ToLowerInvariant();

    /// <summary>What was reviewed.</summary>
    public static string Subject(ReviewView review) => review.Cluster is { } cluster ? $"Group {ClusterMark.Letter(cluster)}, {Items(review)}" : Items(review);

    /// <summary>How right the search for groups is; null: nobody has said anything that counts.</summary>
    public static string? Precision(DetectorPrecision detector) => detector.Precision is { Value: not null } precision
        ? $"{precision.Successes:0} of {Wording.Count(precision.N)} are shortcuts: {Wording.Percent(precision.Value)} ({Wording.Percent(precision.Low)} to {Wording.Percent(precision.High)}){Unsure(detector, "; of", " it cannot be told")}."
        : detector.Unsure > 0 ? $"not known{Unsure(detector, ": of", " it cannot be told, and no other is reviewed")}." : null;

    private static string Unsure(DetectorPrecision detector, string before, string after) => detector.Unsure == 0 ? "" : $"{before} {Wording.Count(detector.Unsure)} more{after}";

    private static string Items(ReviewView review) => $"{Wording.Count(review.Items.Count)} {(review.Items.Count == 1 ? "item" : "items")}";
}
