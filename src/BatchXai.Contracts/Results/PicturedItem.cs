namespace BatchXai.Contracts.Results;

/// <summary>Pictures of an item whose prediction another background changed: what the model saw, and what it said.</summary>
public sealed record PicturedItem
{
    /// <summary>Place of the item in the dataset, from 0.</summary>
    public required long Item { get; init; }

    /// <summary>Its id.</summary>
    public required string ItemId { get; init; }

    /// <summary>Class name; null: unlabelled.</summary>
    public string? Label { get; init; }

    /// <summary>How the object's place was filled in the pictures. With the other fills the prediction changed too.</summary>
    public required CausalFill Fill { get; init; }

    /// <summary>The item as it is.</summary>
    public required PicturedTest Before { get; init; }

    /// <summary>The item in each test that could be made, in the order of the tests.</summary>
    public required IReadOnlyList<PicturedTest> Tests { get; init; }
}

/// <summary>An item as the model saw it in one test, and what the model said.</summary>
public sealed record PicturedTest
{
    /// <summary>The test; null: the item as it is.</summary>
    public CausalTest? Test { get; init; }

    /// <summary>Id of the item whose background was lent; null: the item's own.</summary>
    public string? DonorId { get; init; }

    /// <summary>Its class; null: the item's own background, or an unlabelled donor.</summary>
    public string? DonorLabel { get; init; }

    /// <summary>Name of the predicted output; null: the scores are not finite.</summary>
    public string? PredictedName { get; init; }

    /// <summary>Its probability, 0 … 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>The prediction is another than for the item as it is, and not both are outputs of the label; null: not known.</summary>
    public bool? Flipped { get; init; }

    /// <summary>Address of the picture, JPEG, relative to the file that this stands in; null: there is none.</summary>
    public string? Picture { get; init; }
}
