namespace BatchXai.Coordinator.Report;

/// <summary>The pictures of one listed item, at the model's view.</summary>
/// <param name="Image">The image as the model saw it, JPEG.</param>
/// <param name="Overlay">The same with heatmap and object outline, PNG.</param>
public sealed record EvidencePictures(byte[] Image, byte[] Overlay);
