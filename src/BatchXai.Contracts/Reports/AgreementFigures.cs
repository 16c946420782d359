using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>
/// How well heatmaps and object masks agree by measures that others report too, over the same usable heatmaps as the focus figures. None of them is corrected for
/// where objects usually lie, as focus κ is.
/// </summary>
public sealed record AgreementFigures
{
    /// <summary>What says where the object is.</summary>
    public required MaskKind MaskKind { get; init; }

    /// <summary>Relevance rank accuracy; by chance p.</summary>
    public required MeanBesideChance RankAccuracy { get; init; }

    /// <summary>Area-matched intersection over union; by chance p/(2 − p).</summary>
    public required MeanBesideChance AreaMatchedIou { get; init; }

    /// <summary>Attention-IoU with the object; chance is not defined.</summary>
    public required MeanBesideChance AttentionIouObject { get; init; }

    /// <summary>Attention-IoU with the background; chance is not defined.</summary>
    public required MeanBesideChance AttentionIouBackground { get; init; }

    /// <summary>Area under the ROC curve over cells; by chance .5.</summary>
    public required MeanBesideChance PixelAuc { get; init; }

    /// <summary>Average precision over cells; by chance p, and a little more on coarse grids.</summary>
    public required MeanBesideChance AveragePrecision { get; init; }

    /// <summary>Instance coverage, over the items with several boxes; chance is not defined.</summary>
    public required BesideChance InstanceCoverage { get; init; }
}

/// <summary>A mean with its 95 % bootstrap interval beside its chance level.</summary>
/// <param name="N">Values in the mean.</param>
/// <param name="Value">The mean; null when there are fewer than 10 values.</param>
/// <param name="Low">Lower bound; null when there are fewer than 30 values.</param>
/// <param name="High">Upper bound; null when there are fewer than 30 values.</param>
/// <param name="Chance">Mean of what chance would give; null when there are fewer than 10 values or chance is not defined.</param>
public sealed record MeanBesideChance(long N, double? Value, double? Low, double? High, double? Chance);
