using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Storage;

namespace BatchXai.Coordinator.Review;

/// <summary>Whether a review is of something that was found.</summary>
internal static class ReviewCheck
{
    /// <summary>Longest note, in characters.</summary>
    public const int MaxNote = 1_000;

    /// <summary>The items that are reviewed, ascending, and their group; null: they were chosen.</summary>
    /// <exception cref="UserErrorException">There are none; every problem is named, beginning with its field.</exception>
    public static (IReadOnlyList<long> Items, MapCluster? Group) Checked(ClusterScatter scatter, NewReview asked)
    {
        List<string> problems = [];
        var shown = scatter.Classes.FirstOrDefault(row => row.Class == asked.Class);
        if (shown is null)
        {
            problems.Add($"class: no heatmaps of '{Shown.Text(asked.Class)}' were looked at. Expected a class of clusters.json.");
        }

        if (asked.Cluster is null == asked.Items is not { Count: > 0 })
        {
            problems.Add("cluster, items: expected the number of a group, or items that were chosen; one of them.");
        }
        else if (shown is not null)
        {
            problems.AddRange(ChoiceProblems(shown, asked.Cluster, asked.Items ?? []));
        }

        if (asked.Note is { } note && (note.Length > MaxNote ? $"{note.Length:N0} characters. Expected at most {MaxNote:N0}." : JsonLeaf.TextProblem(note)) is { } wrong)
        {
            problems.Add($"note: {wrong}");
        }

        return problems.Count > 0 ? throw new UserErrorException(problems)
            : asked.Cluster is { } cluster ? (shown!.ItemsOf(cluster), shown.Groups!.Clusters[cluster]) : ([.. asked.Items!.Distinct().Order()], null);
    }

    /// <summary>What of a choice of a group or of items is not there.</summary>
    public static IEnumerable<string> ChoiceProblems(ClassScatter shown, int? cluster, IReadOnlyList<long> items) => new[] { ClusterProblem(shown, cluster), ItemsProblem(shown, items) }.OfType<string>();

    private static string? ClusterProblem(ClassScatter shown, int? cluster) => (cluster, shown.Groups?.Clusters.Count ?? 0) switch
    {
        (null, _) => null,
        (_, 0) => $"cluster: this class has no group {cluster}, nor any other.",
        var (number, count) => number >= 0 && number < count ? null : $"cluster: this class has no group {number}. Expected 0 to {count - 1}.",
    };

    private static string? ItemsProblem(ClassScatter shown, IReadOnlyList<long> items) =>
        items.Except(shown.Items).ToList() is { Count: > 0 } strange ? $"items: {strange[0]} is not among the heatmaps of this class that were looked at{(strange.Count > 1 ? $", nor are {strange.Count - 1} more" : "")}." : null;
}
