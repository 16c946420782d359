using BatchXai.Statistics.Ranks;

namespace BatchXai.Statistics.Verdicts;

/// <summary>
/// Finds the classes whose focus is lower than that of the others: one-sided permutation test, Benjamini-Hochberg at q over the classes with enough
/// units, and an effect that matters (Cliff's δ ≤ −.33 or Δκ ≤ −.10). Without the correction a hundred harmless classes would give five flags.
/// </summary>
public static class ClassFlagging
{
    /// <summary>One result a class, in the order given.</summary>
    /// <param name="classes">All classes, also those too small to be tested: they are among "the others".</param>
    /// <param name="thresholds">The limits.</param>
    /// <param name="seed">Seed of the permutations.</param>
    /// <exception cref="ArgumentException">As many groups as values were expected.</exception>
    public static IReadOnlyList<ClassFlag> Flag(IReadOnlyList<ClassFocus> classes, VerdictThresholds thresholds, long seed)
    {
        var samples = classes.Select(focus => UnitSums.Of(focus.Focus.Span, focus.Groups.Span)).ToList();
        var test = new PermutationTest(
            [.. samples.SelectMany(sample => sample.Sums)], samples.Exists(sample => sample.Counts.Length > 0) ? [.. samples.SelectMany(CountsOf)] : []);
        var rankSums = RankSums(classes);
        var tested = samples.Select(sample => sample.Units >= thresholds.MinimumUnits && sample.Units < test.Units).ToList();

        // Benjamini-Hochberg must be able to find a single class: its p has to fall to q / (number of tests).
        var draws = Math.Max(PermutationTest.DefaultDraws, (int)Math.Ceiling(2 * tested.Count(yes => yes) / thresholds.FalseDiscoveryRate));
        var p = new double?[classes.Count];
        for (var i = 0; i < p.Length; i++)
        {
            p[i] = tested[i]
                ? test.PLower(samples[i].Units, samples[i].Sum, samples[i].Total, SplitMix64.For(seed, $"class flag {classes[i].Class}"), draws)
                : null;
        }

        var adjusted = new Queue<double>(BenjaminiHochberg.Adjust([.. p.OfType<double>()]));
        var all = samples.Sum(sample => sample.Total);
        var sum = samples.Sum(sample => sample.Sum);
        return [.. classes.Select((focus, i) =>
        {
            var n = samples[i].Total;
            double? difference = n == 0 || n == all ? null : (samples[i].Sum / n) - ((sum - samples[i].Sum) / (all - n));
            var delta = CliffDelta.Of(rankSums[i], n, all);
            double? q = p[i] is null ? null : adjusted.Dequeue();
            var matters = delta <= thresholds.CliffDelta || difference <= thresholds.FocusDifference;
            return new ClassFlag(focus.Class, samples[i].Units, difference, delta, p[i], q, matters && q <= thresholds.FalseDiscoveryRate);
        })];
    }

    private static IEnumerable<int> CountsOf(UnitSums sample) => sample.Counts.Length > 0 ? sample.Counts : Enumerable.Repeat(1, sample.Units);

    private static double[] RankSums(IReadOnlyList<ClassFocus> classes)
    {
        var all = new List<float>();
        foreach (var focus in classes)
        {
            all.AddRange(focus.Focus.Span);
        }

        var ranks = Midranks.Of([.. all]);
        var sums = new double[classes.Count];
        var next = 0;
        for (var i = 0; i < sums.Length; i++)
        {
            for (var end = next + classes[i].Focus.Length; next < end; next++)
            {
                sums[i] += ranks[next];
            }
        }

        return sums;
    }
}
