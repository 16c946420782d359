namespace BatchXai.Statistics.Verdicts;

/// <summary>Focus κ of the usable heatmaps of one class.</summary>
/// <param name="Class">Name of the class.</param>
/// <param name="Focus">κ of each heatmap, finite.</param>
/// <param name="Groups">Group of each heatmap; empty: each on its own.</param>
public sealed record ClassFocus(string Class, ReadOnlyMemory<float> Focus, ReadOnlyMemory<int> Groups);

/// <summary>Whether the focus of a class is lower than that of the other classes.</summary>
/// <param name="Class">Name of the class.</param>
/// <param name="Units">Independent units of the class.</param>
/// <param name="FocusDifference">Mean κ of the class − mean κ of all others; null when a side is empty.</param>
/// <param name="CliffDelta">Cliff's δ of the class against all others, −1 … 1; null when a side is empty.</param>
/// <param name="P">One-sided permutation p; null when the class was not tested.</param>
/// <param name="AdjustedP">P after Benjamini-Hochberg over the tested classes; null when the class was not tested.</param>
/// <param name="Flagged">Significant at q, with an effect that matters.</param>
public sealed record ClassFlag(
    string Class, int Units, double? FocusDifference, double? CliffDelta, double? P, double? AdjustedP, bool Flagged);
