using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Cli.Selftest;

/// <summary>What one report says about its model, each figure turned so that more means more suspicion. Nothing here comes from the making of the model.</summary>
/// <param name="Usable">Share of heatmaps that could be measured, 0 … 1.</param>
/// <param name="Accuracy">Accuracy on the audit set, 0 … 1; null: no label.</param>
/// <param name="Values">Name of the score → value; null: the report does not give it.</param>
internal sealed record DetectionScores(double Usable, double? Accuracy, IReadOnlyDictionary<string, double?> Values)
{
    /// <summary>− mean κ: the score by attribution that the bars are about.</summary>
    public const string Focus = "focus κ";

    /// <summary>Raw background attention, not corrected for anything.</summary>
    public const string BackgroundAttention = "background attention";

    /// <summary>Reads a report (the first method, the predicted target, pixel masks) and takes the scores of its causal tests beside.</summary>
    public static DetectionScores Of(OverfittingReport report, IReadOnlyDictionary<string, double?> causal)
    {
        var method = report.Methods[0];
        var focus = method.Focus.First(figures => figures.MaskKind == MaskKind.Mask);
        var agreement = method.Agreement.First(figures => figures.MaskKind == MaskKind.Mask);
        return new((double)focus.Usable / report.Dataset.Items, report.Accuracy.Value, new Dictionary<string, double?>(causal)
        {
            [Focus] = -focus.Focus.Value,
            [BackgroundAttention] = focus.BackgroundAttention.Value,
            ["lift"] = -focus.Lift.Value,
            ["pointing game"] = -focus.PointingGame?.Value,
            ["rank accuracy"] = -agreement.RankAccuracy.Value,
            ["area-matched IoU"] = -agreement.AreaMatchedIou.Value,
            ["Attention-IoU, object"] = -agreement.AttentionIouObject.Value,
            ["Attention-IoU, background"] = agreement.AttentionIouBackground.Value,
            ["pixel AUC"] = -agreement.PixelAuc.Value,
            ["average precision"] = -agreement.AveragePrecision.Value,
        });
    }
}
