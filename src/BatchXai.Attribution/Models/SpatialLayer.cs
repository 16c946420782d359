namespace BatchXai.Attribution.Models;

/// <summary>A spatial activation N×D×h×w with h·w &gt; 1, sized for the classifier's input.</summary>
/// <param name="Tensor">Tensor name: the stable id.</param>
/// <param name="Operator">Operator that makes it.</param>
/// <param name="Channels">Channels D.</param>
/// <param name="Height">Grid height h.</param>
/// <param name="Width">Grid width w.</param>
public sealed record SpatialLayer(string Tensor, string Operator, int Channels, int Height, int Width);
