namespace BatchXai.Attribution.Methods;

/// <summary>Predictions and heatmaps of a batch, in managed memory.</summary>
/// <param name="Items">One prediction an item, in the order of the input.</param>
/// <param name="Maps">Heatmaps, ordered by item, then by the request's methods, the predicted class before the label. Items that are not finite have none.</param>
public sealed record Explanation(IReadOnlyList<ItemPrediction> Items, IReadOnlyList<Heatmap> Maps);

/// <summary>What the model says about one item.</summary>
/// <param name="IsFinite">No score is NaN or infinite; otherwise there is no prediction.</param>
/// <param name="Predicted">Class with the highest score (the first of equals); null when not finite.</param>
/// <param name="Confidence">Its probability, 0 … 1; null when not finite.</param>
/// <param name="Correct">The prediction is one of the label's outputs; null when there are none or no prediction.</param>
/// <param name="LabelProbability">Probability that the class is one of the label's outputs, their sum; null when <paramref name="Correct"/> is.</param>
public sealed record ItemPrediction(bool IsFinite, int? Predicted, double? Confidence, bool? Correct, double? LabelProbability)
{
    internal static ItemPrediction NonFinite { get; } = new(false, null, null, null, null);
}

/// <summary>One raw heatmap: signed where the method is, not normalised, at the method's native grid.</summary>
/// <param name="Item">Position of the item in the input.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Target">Why this class is the target: "predicted" or "label".</param>
/// <param name="TargetOutput">The class that the heatmap explains.</param>
/// <param name="Height">Grid height h.</param>
/// <param name="Width">Grid width w.</param>
/// <param name="Values">h·w values, row by row.</param>
public sealed record Heatmap(int Item, string Method, string Target, int TargetOutput, int Height, int Width, float[] Values);
