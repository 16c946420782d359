using System.Runtime.InteropServices;
using BatchXai.Statistics.Proportions;

namespace BatchXai.Statistics.Verdicts;

/// <summary>
/// Adds up the causal tests of one class, or of all items, with one fill style. An item takes part in a measure when both of its tests have a result:
/// the measures are paired. With groups, an interval is never narrower than if the items were independent, so that groups that all agree do not look certain.
/// </summary>
/// <param name="fill">Name of the fill style.</param>
/// <param name="grouped">True: items come in groups, and intervals are over groups.</param>
public sealed class CausalTally(string fill, bool grouped)
{
    private readonly Pairs gap = new(grouped);
    private readonly Pairs flips = new(grouped);
    private readonly Shares placebo = new(grouped);
    private readonly Shares removed = new(grouped);

    /// <summary>Items without the object whose prediction was their class, and all such items.</summary>
    public (long Correct, long N) NoObject => (removed.Yes, removed.N);

    /// <summary>Counts one item; a test without a result is null.</summary>
    /// <param name="sameCorrect">mixed_same predicted the label.</param>
    /// <param name="randCorrect">mixed_rand predicted the label.</param>
    /// <param name="randFlipped">mixed_rand predicted something else than the original image.</param>
    /// <param name="placeboFlipped">placebo predicted something else than the original image.</param>
    /// <param name="removedCorrect">object_removed predicted the label.</param>
    /// <param name="group">Group of the item; without groups it is not looked at.</param>
    public void Add(bool? sameCorrect, bool? randCorrect, bool? randFlipped, bool? placeboFlipped, bool? removedCorrect, int group)
    {
        gap.Add(sameCorrect, randCorrect, group);
        flips.Add(randFlipped, placeboFlipped, group);
        placebo.Add(placeboFlipped, group);
        removed.Add(removedCorrect, group);
    }

    /// <summary>The figures over all items.</summary>
    /// <param name="chance">Accuracy of who never looks: 1/K, or the share of the largest class where classes are unbalanced.</param>
    /// <param name="random">Source of the draws; without groups none is made.</param>
    public FillEvidence Evidence(double chance, SplitMix64 random) => Evidence(removed.Figure(random)?.Plus(-chance), random);

    /// <summary>
    /// The figures of one class. Chance is how often items of other classes are called this one once their object is gone: a model that falls back on
    /// one class has learnt nothing of that class's background.
    /// </summary>
    /// <param name="othersCalledThis">Items of other classes that are called this class without their object.</param>
    /// <param name="others">Items of other classes that were tested without their object.</param>
    /// <param name="random">Source of the draws; without groups none is made.</param>
    public FillEvidence ClassEvidence(long othersCalledThis, long others, SplitMix64 random)
    {
        if (others == 0 || removed.Figure(random) is not { } accuracy)
        {
            return Evidence(null, random);
        }

        var chance = (double)othersCalledThis / others;
        var apart = ProportionDifference.Independent(removed.Yes, removed.N, othersCalledThis, others);
        var moved = accuracy.Plus(-chance);
        var excess = moved with { Low = Math.Min(moved.Low, apart.Low), High = Math.Max(moved.High, apart.High) };
        return Evidence(excess, random);
    }

    private FillEvidence Evidence(Estimate? noObject, SplitMix64 random) => new()
    {
        Fill = fill,
        BackgroundGap = gap.Figure(random),
        NetFlipRate = flips.Figure(random),
        NoObjectExcess = noObject,
        PlaceboFlipRate = placebo.Figure(random),
    };

    /// <summary>Share of yes to one question − share of yes to another, on the same items.</summary>
    private sealed class Pairs(bool grouped)
    {
        private readonly Grouped differences = new(grouped);
        private PairedCounts counts;

        public void Add(bool? first, bool? second, int group)
        {
            if (first is { } one && second is { } two)
            {
                counts = counts.Plus(one, two);
                differences.Add((one ? 1 : 0) - (two ? 1 : 0), group);
            }
        }

        public Estimate? Figure(SplitMix64 random) =>
            differences.Widen((double)(counts.First - counts.Second) / counts.N, ProportionDifference.Paired(counts), counts.N, random);
    }

    /// <summary>Share of yes.</summary>
    private sealed class Shares(bool grouped)
    {
        private readonly Grouped answers = new(grouped);

        public long Yes { get; private set; }

        public long N { get; private set; }

        public void Add(bool? answer, int group)
        {
            if (answer is { } yes)
            {
                N++;
                Yes += yes ? 1 : 0;
                answers.Add(yes ? 1 : 0, group);
            }
        }

        public Estimate? Figure(SplitMix64 random) => answers.Widen((double)Yes / N, Wilson.Interval(Yes, N), N, random);
    }

    /// <summary>Keeps the values where groups are to be resampled.</summary>
    private sealed class Grouped(bool grouped)
    {
        private readonly List<float> values = [];
        private readonly List<int> groups = [];

        public void Add(float value, int group)
        {
            if (grouped)
            {
                values.Add(value);
                groups.Add(group);
            }
        }

        public Estimate? Widen(double value, ConfidenceInterval independent, long n, SplitMix64 random)
        {
            if (n == 0)
            {
                return null;
            }

            if (!grouped)
            {
                return Estimate.Of(value, independent, n);
            }

            var over = Bootstrap.MeanInterval(CollectionsMarshal.AsSpan(values), CollectionsMarshal.AsSpan(groups), random) ?? new ConfidenceInterval(-1, 1);
            return new Estimate(value, Math.Min(independent.Low, over.Low), Math.Max(independent.High, over.High), groups.Distinct().Count());
        }
    }
}
