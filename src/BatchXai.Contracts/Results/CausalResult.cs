namespace BatchXai.Contracts.Results;

/// <summary>What the model said about one item in one causal test with one fill. Null means: not defined, never 0. An item that takes part has one row a test and fill.</summary>
public sealed record CausalResult
{
    /// <summary>Place of the item in the dataset, from 0.</summary>
    public required long Item { get; init; }

    /// <summary>Class name; null: unlabelled.</summary>
    public string? Label { get; init; }

    /// <summary>Split name.</summary>
    public required string Split { get; init; }

    /// <summary>Group for clustered statistics; null: none.</summary>
    public string? Group { get; init; }

    /// <summary>What says where the object is.</summary>
    public required MaskKind MaskKind { get; init; }

    /// <summary>The test.</summary>
    public required CausalTest Test { get; init; }

    /// <summary>How the object's place was filled.</summary>
    public required CausalFill Fill { get; init; }

    /// <summary>Whether the test could be made; only ok rows enter figures.</summary>
    public required CausalStatus Status { get; init; }

    /// <summary>Place of the item whose background was lent; null: the item's own.</summary>
    public long? Donor { get; init; }

    /// <summary>The prediction for the item as it is was right; null: no label, or one that maps to nothing.</summary>
    public bool? CorrectBefore { get; init; }

    /// <summary>Probability of the followed class for the item as it is, 0 … 1; see <see cref="Probability"/>.</summary>
    public double? ProbabilityBefore { get; init; }

    /// <summary>Output with the highest score in the test.</summary>
    public int? Predicted { get; init; }

    /// <summary>Its probability, 0 … 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>The prediction in the test is one of the label's outputs; null as for <see cref="CorrectBefore"/>.</summary>
    public bool? Correct { get; init; }

    /// <summary>Probability of the followed class in the test, 0 … 1: of the label, the sum over its outputs; without a label, of the output predicted for the item as it is.</summary>
    public double? Probability { get; init; }

    /// <summary>The predicted output is another than for the item as it is, and not both are outputs of the label.</summary>
    public bool? Flipped { get; init; }
}

/// <summary>A causal test.</summary>
public enum CausalTest
{
    /// <summary>The object pasted back onto its own filled background: what the compositing alone does.</summary>
    Placebo,

    /// <summary>The object on the background of another item of its class.</summary>
    MixedSame,

    /// <summary>The object on the background of an item of another class.</summary>
    MixedRand,

    /// <summary>No object: the background, filled where the object was.</summary>
    ObjectRemoved,

    /// <summary>The object on its own background, strongly blurred.</summary>
    BackgroundBlurred,
}

/// <summary>How the place of a removed object is filled.</summary>
public enum CausalFill
{
    /// <summary>The values around it diffuse into it.</summary>
    Diffusion,

    /// <summary>The weighted mean of its surroundings.</summary>
    Blur,
}

/// <summary>Whether a causal test could be made for an item.</summary>
public enum CausalStatus
{
    /// <summary>It was made.</summary>
    Ok,

    /// <summary>No other item can lend a background.</summary>
    NoDonor,

    /// <summary>Object, rim and padding leave too little background to fill from.</summary>
    NoBackground,

    /// <summary>The model's scores are not finite.</summary>
    NonFinite,
}
