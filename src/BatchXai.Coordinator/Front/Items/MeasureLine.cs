using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>One measure of a heatmap in the table of an item, beside what it is by chance.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">Its unit and meaning, in a few words.</param>
/// <param name="Value">Writes it.</param>
/// <param name="Chance">Writes its chance level; null: it has none for this heatmap.</param>
internal sealed record MeasureLine(string Name, string Meaning, Func<FocusMeasures, string> Value, Func<FocusMeasures, string?> Chance)
{
    /// <summary>Every measure, those on the object first.</summary>
    public static IReadOnlyList<MeasureLine> All { get; } =
    [
        Number("Focus κ", "attention on the object beyond chance; perfect 1", m => m.Focus, _ => 0),
        Share("Attention on the background", "share", m => m.BackgroundAttention, m => 1 - m.ObjectArea),
        Share("Object", "share of the view", m => m.ObjectArea, _ => null),
        Share("Attention on the object by chance", "E₀, from the masks of other items", m => m.ChanceEnergy, _ => null),
        Number("Lift", "attention on the object / its area", m => m.Lift, _ => 1),
        Number("Log-odds lift", "log odds of attention − log odds of area", m => m.LogOddsLift, _ => 0),
        Share("Pointing game", "share of maxima on the object", m => m.PointingGame, m => m.PointingGameByChance),
        Share("Rank accuracy", "object among as many highest cells as it has", m => m.RankAccuracy, m => m.ObjectArea),
        Number("IoU at equal area", "0 to 1", m => m.AreaMatchedIou, m => m.ObjectArea / (2 - m.ObjectArea)),
        Number("Attention-IoU, object", "0 to 1", m => m.AttentionIouObject, m => 4 * m.ObjectArea / (1 + (3 * m.ObjectArea))),
        Number("Attention-IoU, background", "0 to 1", m => m.AttentionIouBackground, m => 4 * (1 - m.ObjectArea) / (1 + (3 * (1 - m.ObjectArea)))),
        Number("Pixel AUC", "0 to 1", m => m.PixelAuc, _ => .5),
        Number("Average precision", "0 to 1", m => m.AveragePrecision, m => m.ObjectArea),
        Share("Objects seen", "share of objects with more attention than area", m => m.InstanceCoverage, _ => null),
        Share("Centre", "share; the central box of half the area", m => m.CentreShare, _ => .5),
        Share("Border", "share; the outer ring", m => m.BorderShare, _ => .36),
        Share("Corners", "share; all four", m => m.CornerShare, _ => .16),
        Share("Top-left corner", "share", m => m.CornerTopLeftShare, _ => .04),
        Share("Top-right corner", "share", m => m.CornerTopRightShare, _ => .04),
        Share("Bottom-left corner", "share", m => m.CornerBottomLeftShare, _ => .04),
        Share("Bottom-right corner", "share", m => m.CornerBottomRightShare, _ => .04),
        Share("Padding", "share", m => m.PaddingShare, m => m.PaddingArea),
        Share("Effective area", "share of the view; even attention 100%", m => m.EffectiveArea, _ => null),
        Number("Gini index", "even attention 0, one cell nearly 1", m => m.Gini, _ => null),
        Share("Negative values", "share of all evidence", m => m.NegativeShare, _ => null),
    ];

    private static MeasureLine Number(string name, string meaning, Func<FocusMeasures, double?> value, Func<FocusMeasures, double?> chance) =>
        new(name, meaning, measures => Wording.Number(value(measures)), measures => chance(measures) is { } level ? Wording.Number(level) : null);

    private static MeasureLine Share(string name, string meaning, Func<FocusMeasures, double?> value, Func<FocusMeasures, double?> chance) =>
        new(name, meaning, measures => Wording.Percent(value(measures)), measures => chance(measures) is { } level ? Wording.Percent(level) : null);
}
