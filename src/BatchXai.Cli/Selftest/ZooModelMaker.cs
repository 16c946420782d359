using System.Diagnostics;
using BatchXai.Cli.Planted;

namespace BatchXai.Cli.Selftest;

/// <summary>Makes one model of the zoo and measures what it relies on, as only its maker can.</summary>
internal static class ZooModelMaker
{
    private const int TrainingImagesSeed = 1_000;
    private const int TestImagesSeed = 9;

    /// <summary>Trains, writes <paramref name="file"/>, measures.</summary>
    public static MadeModel Make(ZooModel model, TrainingPlan training, int testImages, string file, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var last = new LastEpoch();
        var (size, balanced) = (training.Size, model.Planting with { Correlation = .5 });
        using var network = model.Kind == ZooModelKind.RandomWeights
            ? TinyCnnTrainer.Untrained(training)
            : TinyCnnTrainer.Train(new PlantedShortcutGenerator(size, model.Planting, TrainingImagesSeed + model.Seed), training, last, cancellationToken);
        File.WriteAllBytes(file, TinyCnnExport.ToOnnx(network, size));
        return new MadeModel(
            last.Accuracy,
            Accuracy(model.Planting),
            Accuracy(balanced),
            Reliance.Measure(network, model.Planting, testImages, size, cancellationToken),
            clock.Elapsed);

        double Accuracy(Planting planting) =>
            TinyCnnTrainer.BalancedAccuracy(network, new PlantedShortcutGenerator(size, planting, TestImagesSeed), testImages, size, cancellationToken);
    }

    private sealed class LastEpoch : IProgress<TrainingProgress>
    {
        public double? Accuracy { get; private set; }

        public void Report(TrainingProgress value) => Accuracy = value.Accuracy;
    }
}

/// <summary>A model of the zoo, before its audit.</summary>
/// <param name="TrainingAccuracy">Accuracy on its training images in the last epoch, 0 … 1; null: not trained.</param>
/// <param name="OwnAccuracy">Balanced accuracy on fresh images of the same kind, 0 … 1.</param>
/// <param name="BalancedAccuracy">Balanced accuracy where cue and class are independent, 0 … 1.</param>
/// <param name="Reliance">Measured reliance on the cue.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record MadeModel(double? TrainingAccuracy, double OwnAccuracy, double BalancedAccuracy, Reliance Reliance, TimeSpan Elapsed);
