namespace BatchXai.Contracts.Results;

/// <summary>One row of <c>items.parquet</c>: one item × method × target. An item that never reached the model has one row without a method.</summary>
public sealed record ItemResult
{
    /// <summary>The item's place in the dataset.</summary>
    public required long Item { get; init; }

    /// <summary>The item's id.</summary>
    public required string ItemId { get; init; }

    /// <summary>Class name; null: unlabelled.</summary>
    public string? Label { get; init; }

    /// <summary>Split name.</summary>
    public required string Split { get; init; }

    /// <summary>Group for clustered statistics.</summary>
    public string? Group { get; init; }

    /// <summary>The dataset's other columns: a JSON object of texts, columns in ordinal order; null: none.</summary>
    public string? Metadata { get; init; }

    /// <summary>How the item ended; the same in all rows of an item.</summary>
    public required ItemOutcome Outcome { get; init; }

    /// <summary>Why, in plain words, when the outcome is not <see cref="ItemOutcome.Explained"/>.</summary>
    public string? Detail { get; init; }

    /// <summary>Output with the highest score.</summary>
    public int? Predicted { get; init; }

    /// <summary>Name of that output.</summary>
    public string? PredictedName { get; init; }

    /// <summary>Its probability, 0 … 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>The prediction is in the set of outputs that the label maps to; null: unlabelled or mapped to nothing.</summary>
    public bool? Correct { get; init; }

    /// <summary>Name of the method; null: the item never reached the model.</summary>
    public string? Method { get; init; }

    /// <summary>Why this class is the target: "predicted" or "label".</summary>
    public string? Target { get; init; }

    /// <summary>The output that the heatmap explains.</summary>
    public int? TargetOutput { get; init; }

    /// <summary>State of the heatmap.</summary>
    public HeatmapStatus Status { get; init; } = HeatmapStatus.None;

    /// <summary>State of the mask at the map's grid.</summary>
    public MaskStatus MaskStatus { get; init; } = MaskStatus.NoMask;

    /// <summary>What says where the object is.</summary>
    public MaskKind MaskKind { get; init; }

    /// <summary>Largest value of the raw map.</summary>
    public double? Maximum { get; init; }

    /// <summary>Σ a⁺ of the raw map.</summary>
    public double? PositiveMass { get; init; }

    /// <summary>Row of this heatmap in <c>maps-{method}.npy</c> of the shard; null: not stored.</summary>
    public int? MapRow { get; init; }

    /// <summary>The measures.</summary>
    public FocusMeasures Measures { get; init; } = new();
}
