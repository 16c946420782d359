namespace BatchXai.Contracts.Models;

/// <summary>How often a model uses an operator.</summary>
/// <param name="Operator">Its name.</param>
/// <param name="Count">Number of nodes, or of layers.</param>
public sealed record OperatorCount(string Operator, int Count);
