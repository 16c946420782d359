using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Coordinator.Compare;

/// <summary>From pairs to figures; the statistics are <see cref="ModelComparison"/>'s.</summary>
/// <param name="grouped">Items come in groups.</param>
/// <param name="seed">Seed of the bootstrap.</param>
internal sealed class FigureComparer(bool grouped, long seed)
{
    /// <summary>The limits of the comparison.</summary>
    public static VerdictThresholds Thresholds { get; } = new();

    /// <summary>Compares κ.</summary>
    public FigureComparison Kappa(IReadOnlyCollection<ComparedItem> pairs) => Compare(pairs, (figures, items) => Figure(
        items, item => item.FirstFocus!.Value, item => item.SecondFocus!.Value, figures.FocusDifference, figures.FocusP, figures.AdjustedFocusP, figures.FocusEquivalence?.P, figures.Focus));

    /// <summary>Compares the share of right predictions.</summary>
    public FigureComparison Accuracy(IReadOnlyCollection<ComparedItem> pairs) => Compare(pairs, (figures, items) => Figure(
        items, item => item.FirstCorrect!.Value ? 1 : 0, item => item.SecondCorrect!.Value ? 1 : 0, figures.AccuracyDifference, figures.AccuracyP, figures.AdjustedAccuracyP, null, figures.Accuracy));

    private FigureComparison Compare(IReadOnlyCollection<ComparedItem> pairs, Func<ComparisonFigures, IReadOnlyCollection<ComparedItem>, ComparedFigure> figure)
    {
        var compared = ModelComparison.Of(pairs, grouped, Thresholds, seed);
        var classes = pairs.Where(pair => pair.Class is not null).GroupBy(pair => pair.Class!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        return new(figure(compared.All, pairs), [.. compared.Classes.Select(one => new ClassComparison(one.Class!, figure(one, classes[one.Class!])))]);
    }

    private static ComparedFigure Figure(
        IReadOnlyCollection<ComparedItem> items, Func<ComparedItem, double> first, Func<ComparedItem, double> second,
        Estimate? difference, double p, double adjusted, double? equivalence, Change change)
    {
        var units = difference?.N ?? items.Count;
        var (shown, certain) = (items.Count >= SupportRule.Figure, units >= SupportRule.Interval);
        return new ComparedFigure
        {
            Items = items.Count,
            Units = units,
            First = shown ? items.Average(first) : null,
            Second = shown ? items.Average(second) : null,
            Difference = shown ? difference?.Value : null,
            Low = certain ? difference?.Low : null,
            High = certain ? difference?.High : null,
            P = certain ? p : null,
            AdjustedP = certain ? adjusted : null,
            EquivalenceP = certain ? equivalence : null,
            Change = change switch
            {
                Change.Undecided => ComparedChange.Undecided,
                Change.Equivalent => ComparedChange.Equivalent,
                Change.Higher => ComparedChange.Higher,
                Change.Lower => ComparedChange.Lower,
                _ => ComparedChange.TooFew,
            },
        };
    }
}
