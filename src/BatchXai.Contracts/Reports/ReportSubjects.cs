using BatchXai.Contracts.Models;

namespace BatchXai.Contracts.Reports;

/// <summary>The model that was audited.</summary>
public sealed record ReportModel
{
    /// <summary>Path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The target layer; null when the model has no spatial activation.</summary>
    public LayerDescription? Layer { get; init; }

    /// <summary>Tensor that holds the explained scores.</summary>
    public required string Scores { get; init; }

    /// <summary>True when CAM is exact: global average pooling and one linear layer follow the target layer.</summary>
    public required bool LinearHead { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Input size, for instance 3×224×224.</summary>
    public required string Input { get; init; }
}

/// <summary>The dataset that was audited.</summary>
public sealed record ReportDataset
{
    /// <summary>Path of the folder or manifest file.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 over the manifest, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Items in the manifest.</summary>
    public required long Items { get; init; }
}
