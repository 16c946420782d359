namespace BatchXai.Attribution.Causal;

/// <summary>The image of one item in one test, as the model sees it.</summary>
/// <param name="Item">Place of the item in the batch.</param>
/// <param name="Test">The test.</param>
/// <param name="Input">Preprocessed values, C×H×W.</param>
public sealed record CausalComposite(int Item, CausalTest Test, float[] Input);
