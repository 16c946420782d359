using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Components;

/// <summary>One measure of the table of figures: its name, what it means, and how to write it.</summary>
/// <param name="Name">Name of the measure.</param>
/// <param name="Meaning">What it means, in a few words.</param>
/// <param name="Cell">Writes it for one column.</param>
/// <param name="Rare">True: most datasets have no value, and then it has no row.</param>
internal sealed record FigureRow(string Name, string Meaning, Func<MethodFigures, FocusFigures?, FigureCell> Cell, bool Rare = false)
{
    public static IReadOnlyList<FigureRow> All { get; } =
    [
        new("Usable heatmaps", "with evidence and a usable mask", (_, f) => new(Wording.Count(f?.Usable ?? 0))),
        new("Focus κ", "attention on the object, corrected for its size and place and for the map’s shape", (_, f) => Focus(f)),
        new("Median κ", "half of the heatmaps lie below", (_, f) => new(Wording.Number(f?.MedianFocus))),
        new("Below chance", "share of heatmaps with κ < 0", (_, f) => Share(f?.BelowChance, null)),
        new("Background attention", "share outside the object", (_, f) => Beside(f?.BackgroundAttention, Wording.Percent)),
        new("E₀", "share on the object that chance gives maps of this shape", (_, f) => new(Wording.Percent(f?.ChanceEnergy))),
        new("Lift", "attention on the object over its area", (_, f) => Beside(f?.Lift, Wording.Number)),
        new("Pointing game", "the maximum lies on the object", (_, f) => Share(f?.PointingGame, f?.PointingGameByChance)),
        new("Rank accuracy", "share of object among as many highest cells as it has", (m, f) => Agreement(m, f, figures => figures.RankAccuracy, Wording.Percent)),
        new("Area-matched IoU", "overlap of these cells with the object", (m, f) => Agreement(m, f, figures => figures.AreaMatchedIou, Wording.Percent)),
        new("Attention-IoU, object", "likeness of map and object, 1 when the same", (m, f) => Agreement(m, f, figures => figures.AttentionIouObject, Wording.Number)),
        new("Attention-IoU, background", "likeness of map and background", (m, f) => Agreement(m, f, figures => figures.AttentionIouBackground, Wording.Number)),
        new("Pixel AUC", "a cell of the object is higher than one of the background", (m, f) => Agreement(m, f, figures => figures.PixelAuc, Wording.Percent)),
        new("Average precision", "of the map as a finder of the object; on coarse grids chance gives a little more", (m, f) => Agreement(m, f, figures => figures.AveragePrecision, Wording.Percent)),
        new("Objects covered", "share of an item’s objects with more attention than their area", (m, f) => Beside(AgreementOf(m, f)?.InstanceCoverage, Wording.Percent), Rare: true),
        new("Effective area", "1 for a flat map, small for a peaked one", (m, _) => Beside(m.EffectiveArea, Wording.Percent)),
        new("Gini index", "0 for a flat map, near 1 for a peaked one", (m, _) => Beside(m.Gini, Wording.Number)),
        new("Negative share", "evidence against the class, left out above", (m, _) => Beside(m.NegativeShare, Wording.Percent)),
    ];

    private static FigureCell Focus(FocusFigures? focus) => new(
        Wording.Number(focus?.Focus.Value), Range(focus?.Focus.Low, focus?.Focus.High, Wording.Number), focus?.Focus.Value is null ? null : "0");

    private static FigureCell Agreement(MethodFigures method, FocusFigures? focus, Func<AgreementFigures, MeanBesideChance> of, Func<double?, string> write)
    {
        var figure = AgreementOf(method, focus) is { } figures ? of(figures) : null;
        return new(write(figure?.Value), Range(figure?.Low, figure?.High, write), figure?.Chance is null ? null : write(figure.Chance));
    }

    private static AgreementFigures? AgreementOf(MethodFigures method, FocusFigures? focus) => method.Agreement.FirstOrDefault(figures => figures.MaskKind == focus?.MaskKind);

    private static FigureCell Share(Proportion? share, double? chance) => new(
        Wording.Percent(share?.Value), Range(share?.Low, share?.High, Wording.Percent), chance is null ? null : Wording.Percent(chance));

    private static FigureCell Beside(BesideChance? figure, Func<double?, string> write) => new(
        write(figure?.Value), null, figure?.Chance is null ? null : write(figure.Chance));

    private static string? Range(double? low, double? high, Func<double?, string> write) => low is null ? null : $"{write(low)} to {write(high)}";
}

/// <summary>A figure as text.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Range">Its interval; null: none.</param>
/// <param name="Chance">Its chance level; null: none.</param>
internal sealed record FigureCell(string Value, string? Range = null, string? Chance = null);
