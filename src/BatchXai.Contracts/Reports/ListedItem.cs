using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>An item that a person should look at.</summary>
public sealed record ListedItem
{
    /// <summary>Why it is listed.</summary>
    public required ListingReason Reason { get; init; }

    /// <summary>The heatmap that it is listed for, and all that was measured on it.</summary>
    public required ItemResult Result { get; init; }

    /// <summary>Name of the explained output.</summary>
    public string? TargetName { get; init; }

    /// <summary>Address of the evidence picture, relative to the report; null: none could be made.</summary>
    public string? Picture { get; init; }
}

/// <summary>Why an item is listed.</summary>
public enum ListingReason
{
    /// <summary>Right or unchecked, confident, and less on the object than chance: the signature of a shortcut. Ranked by confidence × (1 − κ), κ held within −1 … 1.</summary>
    ConfidentUnfocused,

    /// <summary>Next in the same ranking, with at least as much on the object as by chance: no sign of a shortcut, only the end of the scale.</summary>
    LeastFocused,

    /// <summary>An example of a class that draws a zone of the view far more than the others do. Ranked by confidence × share of the zone.</summary>
    ZoneFinding,

    /// <summary>Confident and wrong. Ranked by confidence.</summary>
    ConfidentWrong,

    /// <summary>Attention in the outer ring, where no mask tells what the object is. Ranked by confidence × border share.</summary>
    BorderAttention,

    /// <summary>An example of a class with too few usable heatmaps for any figure.</summary>
    SmallClass,
}
