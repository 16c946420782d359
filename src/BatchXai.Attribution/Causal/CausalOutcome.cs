namespace BatchXai.Attribution.Causal;

/// <summary>What the model says about one item after one test.</summary>
/// <param name="Item">Place of the item in the batch.</param>
/// <param name="Test">The test.</param>
/// <param name="Fill">How the object's place was filled.</param>
/// <param name="Predicted">Class with the highest score; null: the scores are not finite, and nothing else is defined.</param>
/// <param name="Confidence">Its probability, 0 … 1.</param>
/// <param name="Correct">The prediction is one of the label's outputs; null also without a label.</param>
/// <param name="Probability">Probability of the label, the sum over the outputs that it maps to; without a label, of the class that was predicted for the item as it is.</param>
/// <param name="Flipped">The prediction is another than for the item as it is, and not both are outputs of the label.</param>
public sealed record CausalOutcome(int Item, CausalTest Test, FillStyle Fill, int? Predicted, double? Confidence, bool? Correct, double? Probability, bool? Flipped);
