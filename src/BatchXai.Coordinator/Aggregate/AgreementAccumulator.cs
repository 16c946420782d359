using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Agreement of the usable heatmaps of one method × target with one kind of mask.</summary>
internal sealed class AgreementAccumulator(MaskKind kind)
{
    private readonly List<int> groups = [];
    private readonly MeanBesideChanceAccumulator rankAccuracy = new();
    private readonly MeanBesideChanceAccumulator areaMatchedIou = new();
    private readonly MeanBesideChanceAccumulator attentionIouObject = new();
    private readonly MeanBesideChanceAccumulator attentionIouBackground = new();
    private readonly MeanBesideChanceAccumulator pixelAuc = new();
    private readonly MeanBesideChanceAccumulator averagePrecision = new();
    private readonly RunningMean instanceCoverage = new();

    public void Add(FocusMeasures measures, int group)
    {
        // The worker defines all of them or none; the groups must stay in step with the values.
        if (measures is not { ObjectArea: { } area, RankAccuracy: not null, AttentionIouObject: not null, AttentionIouBackground: not null, PixelAuc: not null, AveragePrecision: not null })
        {
            return;
        }

        groups.Add(group);
        rankAccuracy.Add(measures.RankAccuracy, area);
        areaMatchedIou.Add(measures.AreaMatchedIou, area / (2 - area));
        attentionIouObject.Add(measures.AttentionIouObject, null);
        attentionIouBackground.Add(measures.AttentionIouBackground, null);
        pixelAuc.Add(measures.PixelAuc, .5);
        averagePrecision.Add(measures.AveragePrecision, area);
        instanceCoverage.Add(measures.InstanceCoverage);
    }

    /// <summary>The figures.</summary>
    /// <param name="grouped">True: bootstrap over groups.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="name">Names the scope, so that its intervals do not depend on the other scopes.</param>
    public AgreementFigures Figures(bool grouped, long seed, string name)
    {
        return new()
        {
            MaskKind = kind,
            RankAccuracy = Figure(rankAccuracy, "rank accuracy"),
            AreaMatchedIou = Figure(areaMatchedIou, "area-matched iou"),
            AttentionIouObject = Figure(attentionIouObject, "attention-iou object"),
            AttentionIouBackground = Figure(attentionIouBackground, "attention-iou background"),
            PixelAuc = Figure(pixelAuc, "pixel auc"),
            AveragePrecision = Figure(averagePrecision, "average precision"),
            InstanceCoverage = SupportRule.Beside(instanceCoverage, null),
        };

        MeanBesideChance Figure(MeanBesideChanceAccumulator measure, string what) =>
            measure.Figure(grouped ? groups : null, SplitMix64.For(seed, $"bootstrap {what} {kind} {name}"));
    }
}
