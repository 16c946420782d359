using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>What a person may say about a model; everything is optional.</summary>
public sealed record ClassifierOptions
{
    /// <summary>Tensor name of the target layer, or its name for people where that is unambiguous; null: the last spatial activation whose cells the scores read.</summary>
    public string? Layer { get; init; }

    /// <summary>Tensor name of the scores; null: the first graph output that may hold scores, walked back before a final Softmax or Sigmoid.</summary>
    public string? Output { get; init; }

    /// <summary>Input width in pixels, for models whose input has a free width or is flat.</summary>
    public int? Width { get; init; }

    /// <summary>Input height in pixels, for models whose input has a free height or is flat.</summary>
    public int? Height { get; init; }

    /// <summary>Where to compute; null: the CPU.</summary>
    public torch.Device? Device { get; init; }
}
