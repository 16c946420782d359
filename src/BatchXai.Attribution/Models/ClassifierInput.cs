namespace BatchXai.Attribution.Models;

/// <summary>The image input of a classifier, N×C×H×W single precision.</summary>
/// <param name="Name">Tensor name.</param>
/// <param name="Channels">Channels C.</param>
/// <param name="Height">Height H in pixels.</param>
/// <param name="Width">Width W in pixels.</param>
public sealed record ClassifierInput(string Name, int Channels, int Height, int Width);
