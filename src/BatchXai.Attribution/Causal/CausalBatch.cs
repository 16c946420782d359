using BatchXai.Attribution.Methods;
using TorchSharp;

namespace BatchXai.Attribution.Causal;

/// <summary>Items that take part in the causal tests together. Tensors stay the caller's.</summary>
public sealed record CausalBatch
{
    /// <summary>The items.</summary>
    public required CausalImages Items { get; init; }

    /// <summary>What the model said about each item as it is; every prediction is finite.</summary>
    public required IReadOnlyList<ItemPrediction> Predictions { get; init; }

    /// <summary>For each item the outputs that its label maps to; null or empty: none, and the predicted class is followed instead.</summary>
    public required IReadOnlyList<IReadOnlyList<int>?> LabelOutputs { get; init; }

    /// <summary>Images that lend their backgrounds; null: none.</summary>
    public CausalImages? Donors { get; init; }

    /// <summary>For each item the place of its donor of the same class in <see cref="Donors"/>; null: there is none.</summary>
    public required IReadOnlyList<int?> SameDonor { get; init; }

    /// <summary>For each item the place of its donor of another class; null: there is none.</summary>
    public required IReadOnlyList<int?> RandDonor { get; init; }
}

/// <summary>Images with their objects, as the model sees them.</summary>
/// <param name="Inputs">Preprocessed images n×C×H×W.</param>
/// <param name="Masks">Soft object masks n×1×H×W, 0 … 1.</param>
/// <param name="Padding">Share of each pixel that is letterbox padding, n×1×H×W; null: none has any.</param>
public sealed record CausalImages(torch.Tensor Inputs, torch.Tensor Masks, torch.Tensor? Padding);
