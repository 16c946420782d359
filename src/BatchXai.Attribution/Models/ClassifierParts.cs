using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>Everything that is known about a loaded classifier.</summary>
internal sealed record ClassifierParts
{
    internal required DifferentiableGraph Graph { get; init; }

    internal required ClassifierInput Input { get; init; }

    /// <summary>Batch size that the model insists on; null: any.</summary>
    internal required int? FixedBatch { get; init; }

    internal required ScoreReader Scores { get; init; }

    internal required SpatialLayer? Layer { get; init; }

    /// <summary>What is behind the target layer; null when there is no layer or another path leads around it.</summary>
    internal required Tail? Tail { get; init; }

    internal required IReadOnlyList<SpatialLayer> CandidateLayers { get; init; }

    internal required LinearHead? Head { get; init; }

    /// <summary>Why there is no linear head; null when there is one.</summary>
    internal required string? NoHeadReason { get; init; }

    internal required IReadOnlyList<string> Warnings { get; init; }
}
