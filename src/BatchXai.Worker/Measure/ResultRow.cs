using BatchXai.Attribution.Measures;
using BatchXai.Attribution.Methods;
using BatchXai.Contracts.Results;

namespace BatchXai.Worker.Measure;

/// <summary>From the words of the science to the words that travel.</summary>
internal static class ResultRow
{
    public static ItemResult With(ItemResult item, Heatmap map, HeatmapMeasures measured, bool maskInvalid) => item with
    {
        Method = map.Method,
        Target = map.Target,
        TargetOutput = map.TargetOutput,
        Status = measured.MapStatus switch
        {
            MapStatus.Ok => HeatmapStatus.Ok,
            MapStatus.ZeroHeatmap => HeatmapStatus.ZeroHeatmap,
            _ => HeatmapStatus.NonFinite,
        },
        MaskStatus = maskInvalid ? MaskStatus.Invalid : measured.ObjectMaskStatus switch
        {
            ObjectMaskStatus.Ok => MaskStatus.Ok,
            ObjectMaskStatus.EmptyMask => MaskStatus.EmptyMask,
            ObjectMaskStatus.FullMask => MaskStatus.FullMask,
            _ => MaskStatus.NoMask,
        },
        Maximum = measured.Maximum,
        PositiveMass = measured.PositiveMass,
        Measures = new()
        {
            ObjectArea = measured.ObjectArea,
            BackgroundAttention = measured.BackgroundAttention,
            ChanceEnergy = measured.ChanceEnergy,
            Focus = measured.Focus,
            Lift = measured.Lift,
            LogOddsLift = measured.LogOddsLift,
            PointingGame = measured.PointingGame,
            PointingGameByChance = measured.PointingGameByChance,
            RankAccuracy = measured.RankAccuracy,
            AreaMatchedIou = measured.AreaMatchedIou,
            AttentionIouObject = measured.AttentionIouObject,
            AttentionIouBackground = measured.AttentionIouBackground,
            PixelAuc = measured.PixelAuc,
            AveragePrecision = measured.AveragePrecision,
            InstanceCoverage = measured.InstanceCoverage,
            CentreShare = measured.CentreShare,
            BorderShare = measured.BorderShare,
            CornerShare = measured.CornerShare,
            CornerTopLeftShare = measured.CornerTopLeftShare,
            CornerTopRightShare = measured.CornerTopRightShare,
            CornerBottomLeftShare = measured.CornerBottomLeftShare,
            CornerBottomRightShare = measured.CornerBottomRightShare,
            PaddingShare = measured.PaddingShare,
            PaddingArea = measured.PaddingArea,
            EffectiveArea = measured.EffectiveArea,
            Gini = measured.Gini,
            NegativeShare = measured.NegativeShare,
        },
    };
}
