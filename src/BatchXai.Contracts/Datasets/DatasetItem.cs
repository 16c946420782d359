namespace BatchXai.Contracts.Datasets;

/// <summary>One image of the dataset: a line of the manifest.</summary>
public sealed record DatasetItem
{
    /// <summary>Place in the dataset, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Stable id: the path as the dataset writes it, with forward slashes.</summary>
    public required string Id { get; init; }

    /// <summary>Path of the image below the dataset's image root, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Class name; null: unlabelled.</summary>
    public string? Label { get; init; }

    /// <summary>Model outputs that the label maps to; null: unlabelled or not mapped by a class map; empty: mapped to nothing.</summary>
    public IReadOnlyList<int>? Outputs { get; init; }

    /// <summary>Split name; "all" when the dataset has none.</summary>
    public string Split { get; init; } = "all";

    /// <summary>Path of the mask below the dataset's mask root; null: none.</summary>
    public string? Mask { get; init; }

    /// <summary>Object boxes in pixels of the upright image; null: none.</summary>
    public IReadOnlyList<Box>? Boxes { get; init; }

    /// <summary>Group for clustered statistics (patient, video, photographer); null: none.</summary>
    public string? Group { get; init; }

    /// <summary>Any other columns.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>An axis-aligned box in pixels: left and top inside, right and bottom outside.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge, &gt; left.</param>
/// <param name="Bottom">Bottom edge, &gt; top.</param>
public sealed record Box(double Left, double Top, double Right, double Bottom);
