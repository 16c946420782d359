using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>What a person may say about a model; everything is optional.</summary>
public sealed record ClassifierOptions
{
    /// <summary>Tensor name of the target layer; null: the last spatial activation before global pooling.</summary>
    public string? Layer { get; init; }

    /// <summary>Tensor name of the scores; null: the first graph output, walked back before a final Softmax or Sigmoid.</summary>
    public string? Output { get; init; }

    /// <summary>Input width in pixels, for models whose input has a free width.</summary>
    public int? Width { get; init; }

    /// <summary>Input height in pixels, for models whose input has a free height.</summary>
    public int? Height { get; init; }

    /// <summary>Where to compute; null: the CPU.</summary>
    public torch.Device? Device { get; init; }
}
