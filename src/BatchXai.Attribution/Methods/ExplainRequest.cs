namespace BatchXai.Attribution.Methods;

/// <summary>What to explain about a batch.</summary>
public sealed record ExplainRequest
{
    /// <summary>Names out of <see cref="AttributionMethods.Names"/>; at least one, no name twice.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>
    /// False: explain the class score z_c. True: explain the training loss for the label, whose gradient is softmax(z) − onehot; the label
    /// is then the target whatever <see cref="Targets"/> says, and items without label outputs get no heatmap.
    /// </summary>
    public bool Loss { get; init; }

    /// <summary>Whose score is explained.</summary>
    public TargetMode Targets { get; init; }

    /// <summary>For each item the outputs that its label maps to; null or empty: none. An empty list: no item has any.</summary>
    public IReadOnlyList<IReadOnlyList<int>?> LabelOutputs { get; init; } = [];
}
