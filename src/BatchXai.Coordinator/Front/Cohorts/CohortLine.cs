using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Components;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Front.Cohorts;

/// <summary>One figure of a cohort beside the same of the rest and of all.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it means, in a few words.</param>
/// <param name="Cohort">Of the cohort.</param>
/// <param name="Rest">Of all other items.</param>
/// <param name="Whole">Of all items.</param>
/// <param name="Difference">Cohort − rest; null: it is not computed.</param>
internal sealed record CohortLine(string Name, string Meaning, FigureCell Cohort, FigureCell Rest, FigureCell Whole, FigureCell? Difference = null)
{
    /// <summary>All figures.</summary>
    public static IEnumerable<CohortLine> Of(CohortFigures figures)
    {
        yield return Line("Items", "whatever their outcome", part => new(Wording.Count(part.Items)));
        foreach (var outcome in figures.Whole.Outcomes.Keys.Order())
        {
            yield return Line(Wording.Outcome(outcome), "items", part => new(Wording.Count(part.Outcomes.GetValueOrDefault(outcome))));
        }

        yield return Line("Accuracy", "of the items whose label the model knows", part => Written(part.Accuracy.Value, part.Accuracy.Low, part.Accuracy.High, part.Accuracy.N, Wording.Percent));
        foreach (var kind in figures.Whole.Focus.Select(focus => focus.MaskKind))
        {
            yield return Line($"Focus κ, {Wording.Kind(kind)}", "attention on the object beyond chance", part => Written(Of(part).Focus.Value, Of(part).Focus.Low, Of(part).Focus.High, Of(part).Units, Wording.Number))
                with { Difference = figures.Differences[kind] is { Value: not null } d ? new(Wording.Number(d.Value), Range(d.Low, d.High, Wording.Number)) : null };
            yield return Line($"Background attention, {Wording.Kind(kind)}", "share outside the object", part => new(Wording.Percent(Of(part).Background.Value), null, Of(part).Background.Chance is { } chance ? Wording.Percent(chance) : null));

            PartFocus Of(PartFigures part) => part.Focus.Single(focus => focus.MaskKind == kind);
        }

        foreach (var (kind, fill) in figures.Whole.Causal.Select(tests => (tests.MaskKind, tests.Fill)))
        {
            var how = $"{Wording.Kind(kind)}, {Wording.Fill(fill).ToLowerInvariant()}";
            yield return Line("Net flips", how, part => Difference(part, tests => tests.NetFlipRate));
            yield return Line("BG-gap", how, part => Difference(part, tests => tests.BackgroundGap));

            FigureCell Difference(PartFigures part, Func<CausalFigures, DifferenceFigure> of) => figures.CausalLeftOut && part != figures.Whole ? new("not read")
                : part.Causal.FirstOrDefault(tests => tests.MaskKind == kind && tests.Fill == fill) is { } tests && of(tests) is var figure ? Written(figure.Value, figure.Low, figure.High, figure.N, Wording.Points) : new("–");
        }

        CohortLine Line(string name, string meaning, Func<PartFigures, FigureCell> cell) => new(name, meaning, cell(figures.Cohort), cell(figures.Rest), cell(figures.Whole));
    }

    private static FigureCell Written(double? value, double? low, double? high, long n, Func<double?, string> write) => new($"{write(value)}", string.Join(", ", new[] { Range(low, high, write), $"n = {Wording.Count(n)}" }.OfType<string>()));

    private static string? Range(double? low, double? high, Func<double?, string> write) => low is null ? null : $"{write(low)} to {write(high)}";
}
