using System.Text.Json;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Front;

namespace BatchXai.Coordinator.Components;

/// <summary>Where a dashboard shows the items behind a number. A report that is a file of its own has none, and its numbers are no links.</summary>
/// <param name="audit">The audit.</param>
public sealed class ItemLinks(Guid audit)
{
    /// <summary>One item.</summary>
    public string Item(long item) => PageAddress.Item(audit, item);

    /// <summary>The groups of heatmaps of a class.</summary>
    public string Clusters(string name) => PageAddress.Clusters(audit, ("class", name));

    /// <summary>The items that ended so.</summary>
    public string Outcome(ItemOutcome outcome) => PageAddress.Items(audit, ("outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName($"{outcome}")));

    /// <summary>The items of a class, the least focused first; null: those without a label cannot be named.</summary>
    public string? Class(ClassFigures row) => Class(row, correct: null);

    /// <summary>The items of a class that are predicted wrong, the surest first.</summary>
    public string? Wrong(ClassFigures row) => Class(row, correct: false);

    /// <summary>The items of a split.</summary>
    public string Split(SplitFigures row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return PageAddress.Items(audit, ("split", row.Split), ("method", row.Method), ("target", row.Target), ("sort", "focus"));
    }

    private string? Class(ClassFigures row, bool? correct)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Class is null ? null : PageAddress.Items(
            audit, ("class", row.Class), ("correct", correct is null ? null : "false"), ("method", row.Method), ("target", row.Target),
            ("sort", correct is null ? "focus" : "confidence"), ("desc", correct is null ? null : "true"));
    }
}
