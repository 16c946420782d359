using System.Globalization;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Api;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Front.Clusters;

/// <summary>The form of a review as it was sent.</summary>
/// <param name="Chosen">What is reviewed.</param>
/// <param name="Mark">What the person says; null: nothing that is known.</param>
/// <param name="Note">Why.</param>
/// <param name="Problems">What of it cannot be read.</param>
public sealed record TypedReview(ClusterChoice Chosen, ReviewMark? Mark, string Note, IReadOnlyList<string> Problems)
{
    /// <summary>Words of the marks.</summary>
    public static IReadOnlyDictionary<string, ReviewMark> Marks { get; } = Enum.GetValues<ReviewMark>().ToDictionary(mark => $"{mark}".ToLowerInvariant());

    /// <summary>A form that nobody has filled in yet.</summary>
    public static TypedReview Empty { get; } = new(new(null, null, []), null, "", []);

    /// <summary>The review; null: it cannot be read.</summary>
    public NewReview? Asked => Mark is not { } mark || Problems.Count > 0 ? null : new()
    {
        Class = Chosen.Class ?? "", Cluster = Chosen.Cluster, Items = Chosen.Items.Count > 0 ? Chosen.Items : null, Mark = mark, Note = Note,
    };

    /// <summary>Address parameters of what is reviewed.</summary>
    public IEnumerable<(string Name, string? Value)> Choice =>
        [("class", Chosen.Class), ("cluster", Chosen.Cluster?.ToString(CultureInfo.InvariantCulture)), ("items", Chosen.Items.Count > 0 ? string.Join(',', Chosen.Items) : null)];

    /// <summary>Reads a form.</summary>
    internal static TypedReview Read(IFormCollection sent)
    {
        List<string> problems = [];
        int? cluster = null;
        if (One("cluster") is { Length: > 0 } typed)
        {
            cluster = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            problems.AddRange(cluster is null ? ["cluster: expected a whole number."] : []);
        }

        var (items, wrong) = Query.ItemsOf(sent["items"], ClustersEndpoint.MostItems);
        if (wrong is not null)
        {
            problems.Add($"items: {wrong}");
            items = [];
        }

        var known = Marks.TryGetValue(One("mark"), out var mark);
        if (!known)
        {
            problems.Add($"mark: nothing is chosen. Expected one of {string.Join(", ", Marks.Keys)}.");
        }

        return new(new(sent["class"].FirstOrDefault(), cluster, items), known ? mark : null, One("note"), problems);

        string One(string field) => sent[field].FirstOrDefault() ?? "";
    }
}
