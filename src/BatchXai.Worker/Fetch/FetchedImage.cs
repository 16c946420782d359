using BatchXai.Contracts.Datasets;

namespace BatchXai.Worker.Fetch;

/// <summary>The bytes of one item. An image that could not be fetched carries the reason instead.</summary>
/// <param name="Item">The item.</param>
/// <param name="Image">The image file; null when <paramref name="Problem"/> is set.</param>
/// <param name="Mask">The mask file; null when the item has none, or when <paramref name="MaskProblem"/> is set.</param>
/// <param name="Problem">Why the image could not be fetched.</param>
/// <param name="MaskProblem">Why the mask could not be fetched.</param>
internal sealed record FetchedImage(DatasetItem Item, byte[]? Image, byte[]? Mask, string? Problem, string? MaskProblem);
