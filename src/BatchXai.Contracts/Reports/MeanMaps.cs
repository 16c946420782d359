namespace BatchXai.Contracts.Reports;

/// <summary>
/// Where the heatmaps of each class lie on average, of one method × target: what many pictures show together. Every heatmap counts alike: its positive values are
/// divided by their sum.
/// </summary>
public sealed record MeanMaps
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>"predicted" or "label".</summary>
    public required string Target { get; init; }

    /// <summary>Rows of the grid.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of the grid.</summary>
    public required int Width { get; init; }

    /// <summary>Heatmaps that were read: all, or an even sample of the shards of a large audit.</summary>
    public required long Maps { get; init; }

    /// <summary>Mean share of each cell over all heatmaps, row by row; they add up to 1.</summary>
    public required IReadOnlyList<float> Overall { get; init; }

    /// <summary>The classes with at least 30 of these heatmaps, those that differ most from all first; at most 24.</summary>
    public required IReadOnlyList<ClassMeanMap> Classes { get; init; }
}

/// <summary>The mean heatmap of one class.</summary>
/// <param name="Class">The class: the items' label, or for unlabelled items the predicted class.</param>
/// <param name="Maps">Heatmaps in the mean.</param>
/// <param name="Distance">½ Σ |share − overall share|, 0 … 1: how much attention lies elsewhere than over all classes.</param>
/// <param name="Shares">Mean share of each cell, row by row; they add up to 1.</param>
public sealed record ClassMeanMap(string Class, long Maps, double Distance, IReadOnlyList<float> Shares);
