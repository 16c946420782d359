namespace BatchXai.Attribution.Models;

/// <summary>How many images a graph takes at once.</summary>
/// <param name="Declared">Number of images that the file declares; null: any.</param>
/// <param name="Fixed">Number that the graph insists on; null: any.</param>
/// <param name="IsPatched">The graph was rewritten so that it takes any number.</param>
public sealed record BatchLimit(int? Declared, int? Fixed, bool IsPatched);
