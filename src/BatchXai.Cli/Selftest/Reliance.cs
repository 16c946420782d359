using BatchXai.Cli.Planted;
using BatchXai.Statistics.Proportions;

namespace BatchXai.Cli.Selftest;

/// <summary>
/// How much a model relies on the cue, measured by intervention and never taken from what was planted: accuracy with the class's own cue − accuracy with the cue
/// of a random class, on exact renders of the same objects. Near 0 for a model that ignores the cue, near 1 − 1/K for one that sees nothing else.
/// </summary>
/// <param name="Value">The difference, −1 … 1.</param>
/// <param name="Low">Lower bound of its 95 % interval (Newcombe, paired).</param>
/// <param name="High">Upper bound.</param>
internal sealed record Reliance(double Value, double Low, double High)
{
    /// <summary>A model relies on the cue when the difference surely exceeds this, and does not when it surely lies below.</summary>
    public const double Threshold = .05;

    private const int ObjectsSeed = 301;
    private const int DonorsSeed = 302;

    /// <summary>Shortcut, clean, or neither for sure.</summary>
    public ReliesOn Verified(bool isCleanByDesign) => Low > Threshold ? ReliesOn.Shortcut : High < Threshold && isCleanByDesign ? ReliesOn.Object : ReliesOn.Unclear;

    /// <summary>Renders and classifies <paramref name="count"/> pairs of images, of the classes in which the cue is planted.</summary>
    public static Reliance Measure(TinyCnn network, Planting planting, int count, int size, CancellationToken cancellationToken)
    {
        var labels = planting.Classes ?? [.. Enumerable.Range(0, PlantedShortcutGenerator.Classes)];
        var objects = new PlantedShortcutGenerator(size, planting with { Correlation = .5 }, ObjectsSeed);
        var donors = new PlantedShortcutGenerator(size, planting with { Correlation = 1 }, DonorsSeed);
        var own = Right(i => Scene(i).WithCueOf(donors.Sample(Donor(i, Scene(i).Label)), planting.Cue));
        var any = Right(i => Scene(i).WithCueOf(donors.Sample(Donor(i, labels[SeededRandom.For(DonorsSeed, i).Below(labels.Count)])), planting.Cue));

        var counts = own.Zip(any).Aggregate(default(PairedCounts), (sum, pair) => sum.Plus(pair.First, pair.Second));
        var interval = ProportionDifference.Paired(counts);
        return new Reliance((double)(counts.First - counts.Second) / counts.N, interval.Low, interval.High);

        PlantedScene Scene(int i) => objects.Sample((PlantedShortcutGenerator.Classes * (i / labels.Count)) + labels[i % labels.Count]);
        long Donor(int i, int label) => (PlantedShortcutGenerator.Classes * i) + label;
        bool[] Right(Func<int, PlantedScene> scene)
        {
            using var images = ImageSet.Draw(scene, count, size, cancellationToken);
            return TinyCnnTrainer.Right(network, images);
        }
    }
}

/// <summary>What a model relies on, as the intervention says.</summary>
internal enum ReliesOn
{
    /// <summary>On the object: nothing was planted, and exchanging the cue surely costs less than 5 points of accuracy.</summary>
    Object,

    /// <summary>On the cue: exchanging it surely costs more than 5 points.</summary>
    Shortcut,

    /// <summary>Neither for sure; such models rank, but count as neither.</summary>
    Unclear,
}
