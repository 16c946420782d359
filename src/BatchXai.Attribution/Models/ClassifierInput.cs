using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>The image input of a classifier. Callers always give N×C×H×W in single precision; what the graph wants is made of it.</summary>
/// <param name="Name">Tensor name.</param>
/// <param name="Channels">Channels C.</param>
/// <param name="Height">Height H in pixels.</param>
/// <param name="Width">Width W in pixels.</param>
public sealed record ClassifierInput(string Name, int Channels, int Height, int Width)
{
    /// <summary>How the graph wants the images.</summary>
    public InputLayout Layout { get; init; }

    /// <summary>The element type that the file declares.</summary>
    public OnnxElementType ElementType { get; init; } = OnnxElementType.Float;
}
