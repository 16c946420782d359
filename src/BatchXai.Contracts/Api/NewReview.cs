namespace BatchXai.Contracts.Api;

/// <summary>What a person says of a group of heatmaps, or of items that they chose.</summary>
public sealed record NewReview
{
    /// <summary>The class, one of clusters.json.</summary>
    public required string Class { get; init; }

    /// <summary>Number of a group of the class, from 0; null: <see cref="Items"/> are given.</summary>
    public int? Cluster { get; init; }

    /// <summary>Places of chosen items in the dataset, 1 to 400 of the class's in clusters.json; null: a group is given.</summary>
    public IReadOnlyList<long>? Items { get; init; }

    /// <summary>What they are.</summary>
    public required ReviewMark Mark { get; init; }

    /// <summary>Why, at most 1,000 characters on one line; null: nothing is said.</summary>
    public string? Note { get; init; }
}
