using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>How filters and orders of items are written for people.</summary>
internal static class ItemsWords
{
    public static string Correct(Correctness correct) => correct switch
    {
        Correctness.Right => "right",
        Correctness.Wrong => "wrong",
        _ => "not checked",
    };

    public static string Turned(bool turned) => turned ? "turns on another background" : "stays on another background";

    public static string Sort(ItemSort sort) => sort switch
    {
        ItemSort.Focus => "focus κ",
        ItemSort.BackgroundShare => "attention on the background",
        ItemSort.Confidence => "confidence",
        _ => "place in the dataset",
    };

    /// <summary>An active filter: what it is of, and its value, which may be a stranger's text; null: the parameter is none.</summary>
    public static (string Name, string? Value)? Filter(string name, string value) => name switch
    {
        "items" => ("Chosen items", Wording.Count(value.Split(',').Length)),
        "class" => ("Class", value),
        "unlabelled" => value == "true" ? ("No label", null) : null,
        "split" => ("Split", value),
        "group" => ("Group", value),
        "metadata" => ("Metadata", value),
        "outcome" => ("Outcome", ItemsRequest.Outcomes.TryGetValue(value, out var outcome) ? Wording.Outcome(outcome) : value),
        "correct" => ("Prediction", ItemsRequest.Correct.TryGetValue(value, out var correct) ? Correct(correct) : value),
        "predicted" => ("Predicted", value),
        "focus_from" => ("κ at least", value),
        "focus_to" => ("κ at most", value),
        "background_from" => ("Background at least", value),
        "background_to" => ("Background at most", value),
        "turned" => ("Answer", value switch { "true" => Turned(true), "false" => Turned(false), _ => value }),
        _ => null,
    };

    /// <summary>How many items there are.</summary>
    public static string Count(int count) => count > ItemFinder.MostCounted ? $"More than {Wording.Count(ItemFinder.MostCounted)} items" : count == 1 ? "1 item" : $"{Wording.Count(count)} items";

    /// <summary>The state of a row in words: its outcome, and what is the matter with heatmap or mask.</summary>
    public static string State(ItemResult row) => string.Join(" · ", new[]
    {
        row.Outcome == ItemOutcome.Explained ? null : Wording.Outcome(row.Outcome),
        row.Method is not null && row.Status != HeatmapStatus.Ok ? $"heatmap: {Wording.Lower(Wording.Heatmap(row.Status))}" : null,
        row.Method is not null && row.MaskStatus != MaskStatus.Ok ? $"mask: {Wording.Lower(Wording.Mask(row.MaskStatus))}" : null,
    }.OfType<string>());
}
