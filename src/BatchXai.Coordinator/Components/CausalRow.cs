using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Components;

/// <summary>One figure of the table of causal tests.</summary>
/// <param name="Name">Name of the figure.</param>
/// <param name="Meaning">What it means, in a few words.</param>
/// <param name="Cell">Writes it for one kind of mask and one fill.</param>
internal sealed record CausalRow(string Name, string Meaning, Func<CausalFigures, FigureCell> Cell)
{
    public static IReadOnlyList<CausalRow> All { get; } =
    [
        new("BG-gap", "accuracy on a background of the same class − on one of another class; 0 when the class of the background does not matter", f => Difference(f.BackgroundGap)),
        new("Net flips", "predictions that another background changes − those that the placebo changes", f => Difference(f.NetFlipRate)),
        new("Accuracy without object", "from the background alone", f => Share(f, CausalTest.ObjectRemoved) with { Chance = f.NoObjectByChance is null ? null : Wording.Percent(f.NoObjectByChance) }),
        new("Probability lost", "of the label, on a background of another class", f => Written(f.ProbabilityDrop.Value, f.ProbabilityDrop.Low, f.ProbabilityDrop.High)),
        new("Accuracy as it is", "of the items that took part", f => Written(f.AccuracyBefore.Value, f.AccuracyBefore.Low, f.AccuracyBefore.High)),
        new("Accuracy, placebo", "pasted back where it was", f => Share(f, CausalTest.Placebo)),
        new("Accuracy, same class", "on the background of another item of its class", f => Share(f, CausalTest.MixedSame)),
        new("Accuracy, other class", "on the background of an item of another class", f => Share(f, CausalTest.MixedRand)),
        new("Accuracy, blurred", "on its own background, strongly blurred", f => Share(f, CausalTest.BackgroundBlurred)),
    ];

    private static FigureCell Share(CausalFigures figures, CausalTest test) =>
        figures.Accuracy.TryGetValue(test, out var share) ? Written(share.Value, share.Low, share.High) : new("–");

    private static FigureCell Difference(DifferenceFigure figure) => Written(figure.Value, figure.Low, figure.High);

    private static FigureCell Written(double? value, double? low, double? high) =>
        new(Wording.Points(value), low is null ? null : $"{Wording.Points(low)} to {Wording.Points(high)}");
}
