using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Browse;

/// <summary>Which items are wanted; null: whatever. All that are set must hold.</summary>
public sealed record ItemFilter
{
    /// <summary>Places in the dataset of the only items that are wanted.</summary>
    public IReadOnlyList<long>? Items { get; init; }

    /// <summary>Class name.</summary>
    public string? Class { get; init; }

    /// <summary>Only items without a label.</summary>
    public bool Unlabelled { get; init; }

    /// <summary>Split name.</summary>
    public string? Split { get; init; }

    /// <summary>Name of the group that the item came in.</summary>
    public string? Group { get; init; }

    /// <summary>Values of metadata columns, as <see cref="MetadataTerms"/> writes them; what is none of its texts asks for nothing.</summary>
    public string? Metadata { get; init; }

    /// <summary>How the item ended.</summary>
    public ItemOutcome? Outcome { get; init; }

    /// <summary>Whether the prediction is right.</summary>
    public Correctness? Correct { get; init; }

    /// <summary>Name of the predicted output.</summary>
    public string? Predicted { get; init; }

    /// <summary>Least focus κ, ≤ 1.</summary>
    public double? FocusFrom { get; init; }

    /// <summary>Most focus κ.</summary>
    public double? FocusTo { get; init; }

    /// <summary>Least share of attention on the background, 0 … 1.</summary>
    public double? BackgroundFrom { get; init; }

    /// <summary>Most share of attention on the background, 0 … 1.</summary>
    public double? BackgroundTo { get; init; }

    /// <summary>Whether the background of another class turns the answer (<see cref="Storage.Causal.EvidenceRule.Turns"/>). Either is known of tested items only.</summary>
    public bool? Turned { get; init; }

    /// <summary>Whether a measure of a heatmap is asked for: everything else is the same for all heatmaps of an item.</summary>
    public bool AsksMeasures => FocusFrom is not null || FocusTo is not null || BackgroundFrom is not null || BackgroundTo is not null;
}

/// <summary>What the label says of a prediction.</summary>
public enum Correctness
{
    /// <summary>It is one of the label's outputs.</summary>
    Right,

    /// <summary>It is not.</summary>
    Wrong,

    /// <summary>There is no label, it maps to nothing, or there is no prediction.</summary>
    Unchecked,
}

/// <summary>What items are ordered by. Ties are broken by the item's place in the dataset.</summary>
public enum ItemSort
{
    /// <summary>Focus κ.</summary>
    Focus,

    /// <summary>Share of attention on the background.</summary>
    BackgroundShare,

    /// <summary>Probability of the prediction.</summary>
    Confidence,

    /// <summary>Place in the dataset.</summary>
    Item,
}
