using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>The finding in plain words. Not a verdict: attribution alone is no proof, and the caution says so.</summary>
public sealed record ReportHeadline
{
    /// <summary>How much attention lies on the background, beside what chance would give: one sentence.</summary>
    public required string Finding { get; init; }

    /// <summary>How sure that is, and from how many usable heatmaps: one or two sentences.</summary>
    public required string Certainty { get; init; }

    /// <summary>What must not be concluded.</summary>
    public required string Caution { get; init; }

    /// <summary>Whether the number of usable heatmaps carries the finding.</summary>
    public required Support Support { get; init; }

    /// <summary>Method of the figures that the finding quotes; null when no heatmap was made.</summary>
    public string? Method { get; init; }

    /// <summary>Target of these figures: "predicted" or "label".</summary>
    public string? Target { get; init; }

    /// <summary>What says where the object is in these figures.</summary>
    public MaskKind MaskKind { get; init; }
}

/// <summary>What a number of usable heatmaps allows to be said.</summary>
public enum Support
{
    /// <summary>Fewer than 10: pictures only, no figure.</summary>
    PicturesOnly,

    /// <summary>10 … 29: a figure, greyed, without interval.</summary>
    Greyed,

    /// <summary>30 or more: a figure with its interval.</summary>
    Interval,
}
