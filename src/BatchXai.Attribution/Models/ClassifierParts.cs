using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>Everything that is known about a loaded classifier.</summary>
internal sealed record ClassifierParts
{
    internal required ITensorGraph Graph { get; init; }

    /// <summary>The input, and how images are fed to it.</summary>
    internal required ImageInput Image { get; init; }

    internal ClassifierInput Input => Image.Input;

    /// <summary>How many images the graph takes at once.</summary>
    internal required BatchLimit Batch { get; init; }

    /// <summary>Batch size that the graph insists on; null: any.</summary>
    internal int? FixedBatch => Batch.Fixed;

    /// <summary>Where the scores were found.</summary>
    internal required ScoreCut Cut { get; init; }

    internal required ScoreReader Scores { get; init; }

    internal required SpatialLayer? Layer { get; init; }

    /// <summary>What is behind the target layer; null when there is no layer or another path leads around it.</summary>
    internal required Tail? Tail { get; init; }

    internal required IReadOnlyList<SpatialLayer> CandidateLayers { get; init; }

    internal required LinearHead? Head { get; init; }

    /// <summary>Why there is no linear head; null when there is one.</summary>
    internal required string? NoHeadReason { get; init; }

    /// <summary>The preprocessing that the graph itself does; null when none is recognised.</summary>
    internal required InputNormalization? Normalization { get; init; }

    internal required IReadOnlyList<string> Warnings { get; init; }
}
