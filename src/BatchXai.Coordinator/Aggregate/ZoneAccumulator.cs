using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Mask-free figures of the heatmaps with status ok.</summary>
internal sealed class ZoneAccumulator
{
    private readonly RunningMean centre = new();
    private readonly RunningMean border = new();
    private readonly RunningMean corner = new();
    private readonly RunningMean topLeft = new();
    private readonly RunningMean topRight = new();
    private readonly RunningMean bottomLeft = new();
    private readonly RunningMean bottomRight = new();
    private readonly RunningMean padding = new();
    private readonly RunningMean paddingArea = new();
    private readonly RunningMean effectiveArea = new();
    private readonly RunningMean gini = new();
    private readonly RunningMean negativeShare = new();
    private long maps;

    public void Add(FocusMeasures measures)
    {
        maps++;
        centre.Add(measures.CentreShare);
        border.Add(measures.BorderShare);
        corner.Add(measures.CornerShare);
        topLeft.Add(measures.CornerTopLeftShare);
        topRight.Add(measures.CornerTopRightShare);
        bottomLeft.Add(measures.CornerBottomLeftShare);
        bottomRight.Add(measures.CornerBottomRightShare);
        effectiveArea.Add(measures.EffectiveArea);
        gini.Add(measures.Gini);
        negativeShare.Add(measures.NegativeShare);
        if (measures is { PaddingShare: { } share, PaddingArea: > 0 and { } area })
        {
            padding.Add(share);
            paddingArea.Add(area);
        }
    }

    public ZoneFigures Zones() => new(
        maps,
        Beside(centre, ZoneAreas.Centre),
        Beside(border, ZoneAreas.Border),
        Beside(corner, 4 * ZoneAreas.Corner),
        SupportRule.Beside(padding, paddingArea),
        new(Beside(topLeft, ZoneAreas.Corner), Beside(topRight, ZoneAreas.Corner), Beside(bottomLeft, ZoneAreas.Corner), Beside(bottomRight, ZoneAreas.Corner)));

    public BesideChance EffectiveArea() => SupportRule.Beside(effectiveArea, null);

    public BesideChance Gini() => SupportRule.Beside(gini, null);

    public BesideChance NegativeShare() => SupportRule.Beside(negativeShare, null);

    private static BesideChance Beside(RunningMean share, double area)
    {
        var value = SupportRule.Mean(share);
        return new BesideChance(share.Count, value, value is null ? null : area);
    }
}
