using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>
/// Groups of alike heatmaps within single classes, of one method × target: a class whose model has two strategies, such as the object and a tag, falls into two
/// groups (spectral clusters after Lapuschkin et al. 2019). Needs no mask. The classes with least focus are looked at first.
/// </summary>
public sealed record MapClusters
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>"predicted" or "label".</summary>
    public required string Target { get; init; }

    /// <summary>Rows of the grid that heatmaps were compared on.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of that grid.</summary>
    public required int Width { get; init; }

    /// <summary>Labelled classes whose heatmaps were clustered. They are of one group, of groups that are not found again, or among those with groups.</summary>
    public required int Looked { get; init; }

    /// <summary>Classes whose heatmaps form one group: the usual answer.</summary>
    public required int OneGroup { get; init; }

    /// <summary>Classes whose groups are not found again in subsamples (stability below .6): they are not shown.</summary>
    public required int Unstable { get; init; }

    /// <summary>Labelled classes with fewer than 50 usable heatmaps among those that were read: nothing is said about them.</summary>
    public required int TooFew { get; init; }

    /// <summary>Labelled classes beyond the first 100 with enough heatmaps: they were not looked at.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Classes with groups, beyond those shown.</summary>
    public required int More { get; init; }

    /// <summary>Classes with groups: those with a group that stands out first, the most stable first among equals; at most 12.</summary>
    public required IReadOnlyList<ClassClusters> Classes { get; init; }
}

/// <summary>The groups of one class's heatmaps.</summary>
public sealed record ClassClusters
{
    /// <summary>Class name: the items' label.</summary>
    public required string Class { get; init; }

    /// <summary>Heatmaps that were clustered: the usable ones, or a random 400 of them.</summary>
    public required int Maps { get; init; }

    /// <summary>Mean adjusted Rand index with the groups found among 20 subsamples of 80 %: .6 … 1.</summary>
    public required double Stability { get; init; }

    /// <summary>The nine smallest eigenvalues of the neighbour graph's normalised Laplacian, ascending: the number of groups is where they jump.</summary>
    public required IReadOnlyList<double> Eigenvalues { get; init; }

    /// <summary>The groups, the largest first; 2 … 8.</summary>
    public required IReadOnlyList<MapCluster> Clusters { get; init; }
}

/// <summary>One group of alike heatmaps.</summary>
public sealed record MapCluster
{
    /// <summary>Heatmaps in the group.</summary>
    public required int Maps { get; init; }

    /// <summary>The same as a share of the class's clustered heatmaps, 0 … 1.</summary>
    public required double Share { get; init; }

    /// <summary>Mean share of each cell, row by row; they add up to 1.</summary>
    public required IReadOnlyList<float> Shares { get; init; }

    /// <summary>The most typical heatmap: least mean cosine distance from the others of its group.</summary>
    public required ItemResult Medoid { get; init; }

    /// <summary>Address of the medoid's evidence picture, relative to the report; null: none could be made.</summary>
    public string? Picture { get; init; }

    /// <summary>Share of correct predictions among its items whose label maps to an output.</summary>
    public required Proportion Accuracy { get; init; }

    /// <summary>Focus of its heatmaps, separately for each kind of mask that occurs: pixel masks first.</summary>
    public required IReadOnlyList<FocusFigures> Focus { get; init; }

    /// <summary>Mean κ of the group − mean κ of the class's other groups, on the first of these kinds of mask; null: nothing to compare. N is the group's; a value takes 10 heatmaps on either side, an interval 30.</summary>
    public MeanFigure? FocusDifference { get; init; }

    /// <summary>Causal tests of its items that took part, for each kind of mask and fill; empty: none did.</summary>
    public required IReadOnlyList<CausalFigures> Causal { get; init; }

    /// <summary>The groups are stable (.75 or more), and κ of this one is lower than that of the others: the interval of the difference lies below 0, the difference is −.10 or less.</summary>
    public required bool StandsOut { get; init; }

    /// <summary>The finding in plain words; null: it does not stand out.</summary>
    public string? Sentence { get; init; }
}
