using System.Text.Json;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Front;

namespace BatchXai.Coordinator.Components;

/// <summary>Where a dashboard shows the items behind a number. A report that is a file of its own has none, and its numbers are no links.</summary>
/// <param name="audit">The audit.</param>
/// <param name="kept">Parameters of a filter that every link keeps, unless it says something else itself.</param>
public sealed class ItemLinks(Guid audit, params IReadOnlyList<(string Name, string? Value)> kept)
{
    /// <summary>One item.</summary>
    public string Item(long item) => PageAddress.With(PageAddress.Item(audit, item), kept);

    /// <summary>The groups of heatmaps of a class.</summary>
    public string Clusters(string name) => PageAddress.Clusters(audit, ("class", name));

    /// <summary>The items that ended so.</summary>
    public string Outcome(ItemOutcome outcome) => Items(("outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName($"{outcome}")));

    /// <summary>The items of a class, the least focused first; null: those without a label cannot be named.</summary>
    public string? Class(ClassFigures row) => Class(row, correct: null);

    /// <summary>The items of a class that are predicted wrong, the surest first.</summary>
    public string? Wrong(ClassFigures row) => Class(row, correct: false);

    /// <summary>The items of a split.</summary>
    public string Split(SplitFigures row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Items(("split", row.Split), ("method", row.Method), ("target", row.Target), ("sort", "focus"));
    }

    private string? Class(ClassFigures row, bool? correct)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Class is null ? null : Items(
            ("class", row.Class), ("correct", correct is null ? null : "false"), ("method", row.Method), ("target", row.Target),
            ("sort", correct is null ? "focus" : "confidence"), ("desc", correct is null ? null : "true"));
    }

    private string Items(params IReadOnlyList<(string Name, string? Value)> own) =>
        PageAddress.Items(audit, own.Concat(kept.Where(parameter => own.All(one => one.Name != parameter.Name && !(one.Name == "class" && parameter.Name == "unlabelled")))));
}
