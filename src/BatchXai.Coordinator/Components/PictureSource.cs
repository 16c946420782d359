namespace BatchXai.Coordinator.Components;

/// <summary>Addresses of an item's pictures, as an img element takes them: data URIs in a report, paths in a dashboard.</summary>
/// <param name="Image">The image as the model saw it; null: only the overlay is there.</param>
/// <param name="Overlay">The same with heatmap and object outline.</param>
public sealed record PictureSource(string? Image, string Overlay);
