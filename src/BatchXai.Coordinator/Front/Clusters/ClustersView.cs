using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Coordinator.Review;
using BatchXai.Storage;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Front.Clusters;

/// <summary>The groups of heatmaps as they are shown.</summary>
/// <param name="Audit">Their audit.</param>
/// <param name="Folder">Its output folder; null: it lies on a server.</param>
/// <param name="Scatter">Every class that was looked at; null: there is none, or not yet.</param>
/// <param name="Class">The class that is shown; null: there is none.</param>
/// <param name="Cluster">The group that is chosen; null: none.</param>
/// <param name="Items">The items that are chosen, ascending.</param>
/// <param name="Results">Their rows, in the same order.</param>
/// <param name="Problems">What of the address cannot be shown.</param>
public sealed record ClustersView(
    AuditSeen Audit, string? Folder, ClusterScatter? Scatter, ClassScatter? Class, int? Cluster, IReadOnlyList<long> Items, IReadOnlyList<ItemResult> Results, IReadOnlyList<string> Problems)
{
    /// <summary>The audit's id.</summary>
    public Guid Id => Audit.Row.Id;

    /// <summary>Address of a group.</summary>
    public string To(int cluster) => PageAddress.Clusters(Id, ("class", Class!.Class), ("cluster", $"{cluster}"));

    /// <summary>Address of chosen items; those that were not looked at, since a report was written again, are left out.</summary>
    public string To(IReadOnlyList<long> items) => PageAddress.Clusters(Id, ("class", Class!.Class), ("items", string.Join(',', items.Intersect(Class.Items))));

    /// <summary>Address of the class without any choice, or of another class.</summary>
    public string To(string name) => PageAddress.Clusters(Id, ("class", name));

    /// <summary>Address of an item, which then knows the class.</summary>
    public string ToItem(long item) => PageAddress.With(PageAddress.Item(Id, item), ("class", Class!.Class), ("method", Scatter!.Method), ("target", Scatter.Target));

    /// <summary>Reads what an address asks for.</summary>
    public static async Task<ClustersView> ReadAsync(AuditDb db, AuditPlace place, AuditSeen audit, ClusterChoice chosen, CancellationToken cancellationToken)
    {
        var scatter = await place.Reporter.ReadScatterAsync(audit.Row.Id, cancellationToken);
        if (scatter is not { Classes: [var first, ..] })
        {
            return new(audit, place.Folder, scatter, null, null, [], [], []);
        }

        List<string> problems = [];
        var shown = chosen.Class is null ? first : scatter.Classes.FirstOrDefault(row => row.Class == chosen.Class);
        if (shown is null)
        {
            problems.Add($"class: no heatmaps of '{Shown.Text(chosen.Class!)}' were looked at. Choose a class of the list.");
            shown = first;
        }
        else
        {
            problems.AddRange(ReviewCheck.ChoiceProblems(shown, chosen.Cluster, chosen.Items));
        }

        IReadOnlyList<long> items = problems.Count > 0 ? [] : chosen.Cluster is { } group ? shown.ItemsOf(group) : [.. chosen.Items.Order()];
        return new(audit, place.Folder, scatter, shown, problems.Count > 0 ? null : chosen.Cluster, items, await ResultsAsync(db, audit.Row.Id, scatter, items, cancellationToken), problems);
    }

    private static async Task<IReadOnlyList<ItemResult>> ResultsAsync(AuditDb db, Guid audit, ClusterScatter scatter, IReadOnlyList<long> items, CancellationToken cancellationToken)
    {
        var rows = items.Count == 0 ? [] : await db.Items.AsNoTracking()
            .Where(row => row.AuditId == audit && items.Contains(row.Item) && row.Result.Method == scatter.Method && row.Result.Target == scatter.Target).OrderBy(row => row.Item).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.Result with { Item = row.Item })];
    }
}
