namespace BatchXai.Contracts.Reports;

/// <summary>Figures of one class × method × target.</summary>
public sealed record ClassFigures
{
    /// <summary>Class name; null: items without a label.</summary>
    public string? Class { get; init; }

    /// <summary>Items of the class, whatever their outcome.</summary>
    public required long Items { get; init; }

    /// <summary>Share of correct predictions among the items whose label maps to an output.</summary>
    public required Proportion Accuracy { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>"predicted" or "label".</summary>
    public required string Target { get; init; }

    /// <summary>Focus, separately for each kind of mask that occurs: pixel masks first.</summary>
    public required IReadOnlyList<FocusFigures> Focus { get; init; }

    /// <summary>Attention by zone.</summary>
    public required ZoneFigures Zones { get; init; }
}

/// <summary>Figures of one split × method × target.</summary>
public sealed record SplitFigures
{
    /// <summary>Split name.</summary>
    public required string Split { get; init; }

    /// <summary>Items of the split, whatever their outcome.</summary>
    public required long Items { get; init; }

    /// <summary>Share of correct predictions among the items whose label maps to an output.</summary>
    public required Proportion Accuracy { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>"predicted" or "label".</summary>
    public required string Target { get; init; }

    /// <summary>Focus, separately for each kind of mask that occurs: pixel masks first.</summary>
    public required IReadOnlyList<FocusFigures> Focus { get; init; }

    /// <summary>Attention by zone.</summary>
    public required ZoneFigures Zones { get; init; }
}
