using BatchXai.Contracts.Results;

namespace BatchXai.Storage.Causal;

/// <summary>A tested item with its pictures.</summary>
/// <param name="Evidence">What the model said; names the pictures.</param>
/// <param name="Pictures">Name → JPEG file.</param>
public sealed record DrawnEvidence(PicturedItem Evidence, IReadOnlyDictionary<string, byte[]> Pictures);
