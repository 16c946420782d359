using BatchXai.Statistics.Proportions;
using BatchXai.Statistics.Ranks;

namespace BatchXai.Statistics.Verdicts;

/// <summary>
/// Two models on the same items. It speaks of these two checkpoints: a claim about how they were trained needs several seeds each.
/// </summary>
/// <param name="All">Over all items.</param>
/// <param name="Classes">One entry a class that occurs, by name; significance is corrected over the classes with enough units.</param>
public sealed record ModelComparison(ComparisonFigures All, IReadOnlyList<ComparisonFigures> Classes)
{
    /// <summary>Compares the models.</summary>
    /// <param name="items">The items that both models saw.</param>
    /// <param name="grouped">True: items come in groups, and κ is compared over groups.</param>
    /// <param name="thresholds">Margin, α, q and the least number of units.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static ModelComparison Of(IReadOnlyCollection<ComparedItem> items, bool grouped, VerdictThresholds thresholds, long seed)
    {
        var all = Conclude(Measure(null, items, grouped, thresholds, seed), thresholds.Alpha, thresholds);
        var classes = items.Where(item => item.Class is not null).GroupBy(item => item.Class, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Measure(group.Key, [.. group], grouped, thresholds, seed))
            .ToList();
        Correct(classes, figures => figures.FocusDifference?.N >= thresholds.MinimumUnits, figures => figures.FocusP, (figures, p) => figures with { AdjustedFocusP = p });
        Correct(classes, figures => figures.AccuracyDifference?.N >= thresholds.MinimumUnits, figures => figures.AccuracyP, (figures, p) => figures with { AdjustedAccuracyP = p });
        return new ModelComparison(all, [.. classes.Select(figures => Conclude(figures, thresholds.FalseDiscoveryRate, thresholds))]);
    }

    private static ComparisonFigures Measure(
        string? name, IReadOnlyCollection<ComparedItem> items, bool grouped, VerdictThresholds thresholds, long seed)
    {
        var explained = items.Where(item => item is { FirstFocus: not null, SecondFocus: not null }).ToList();
        float[] first = [.. explained.Select(item => item.FirstFocus!.Value)];
        float[] second = [.. explained.Select(item => item.SecondFocus!.Value)];
        int[] groups = grouped ? [.. explained.Select(item => item.Group)] : [];
        var units = UnitSums.OfDifferences(second, first, groups);
        var random = SplitMix64.For(seed, $"comparison {name}");
        var focusP = WilcoxonSignedRank.PValue([.. units.Sums.Select((sum, i) => (float)(sum / (units.Counts.Length == 0 ? 1 : units.Counts[i])))]);

        var counts = items.Where(item => item is { FirstCorrect: not null, SecondCorrect: not null })
            .Aggregate(default(PairedCounts), (sum, item) => sum.Plus(item.SecondCorrect!.Value, item.FirstCorrect!.Value));
        var accuracyP = McNemar.PValue(counts);
        return new ComparisonFigures
        {
            Class = name,
            FocusDifference = Bootstrap.PairedDifferenceInterval(second, first, groups, random) is { } interval
                ? Estimate.Of(units.Sum / units.Total, interval, units.Units)
                : null,
            FocusP = focusP,
            AdjustedFocusP = focusP,
            FocusEquivalence = PairedEquivalence.Test(second, first, groups, thresholds.EquivalenceMargin),
            AccuracyDifference = counts.N == 0
                ? null
                : Estimate.Of((double)(counts.First - counts.Second) / counts.N, ProportionDifference.Paired(counts), counts.N),
            AccuracyP = accuracyP,
            AdjustedAccuracyP = accuracyP,
        };
    }

    private static void Correct(
        List<ComparisonFigures> classes,
        Func<ComparisonFigures, bool> tested,
        Func<ComparisonFigures, double> p,
        Func<ComparisonFigures, double, ComparisonFigures> with)
    {
        var places = Enumerable.Range(0, classes.Count).Where(i => tested(classes[i])).ToList();
        var adjusted = BenjaminiHochberg.Adjust([.. places.Select(i => p(classes[i]))]);
        for (var i = 0; i < places.Count; i++)
        {
            classes[places[i]] = with(classes[places[i]], adjusted[i]);
        }
    }

    private static ComparisonFigures Conclude(ComparisonFigures figures, double alpha, VerdictThresholds thresholds) => figures with
    {
        Focus = Conclude(figures.FocusDifference, figures.AdjustedFocusP, figures.FocusEquivalence?.P < thresholds.Alpha, alpha, thresholds),
        Accuracy = Conclude(
            figures.AccuracyDifference,
            figures.AdjustedAccuracyP,
            figures.AccuracyDifference is { } accuracy && Math.Max(-accuracy.Low, accuracy.High) < thresholds.EquivalenceMargin,
            alpha,
            thresholds),
    };

    // A difference that is proven and smaller than the margin is no difference that matters. Test and interval must agree on one that does.
    private static Change Conclude(Estimate? difference, double p, bool equivalent, double alpha, VerdictThresholds thresholds) =>
        difference is not { } known || known.N < thresholds.MinimumUnits ? Change.TooFew
        : equivalent ? Change.Equivalent
        : p > alpha ? Change.Undecided
        : known.Low > 0 ? Change.Higher
        : known.High < 0 ? Change.Lower
        : Change.Undecided;
}
