using System.Diagnostics;
using BatchXai.Cli.Planted;

namespace BatchXai.Cli.Selftest;

/// <summary>Makes one model of the zoo and measures what it relies on, as only its maker can.</summary>
internal static class ZooModelMaker
{
    private const int TestImagesSeed = 9;

    /// <summary>Seed of a model's training images.</summary>
    public static int TrainingSeed(ZooModel model) => 1_000 + model.Seed;

    /// <summary>Trains, writes <paramref name="file"/>, measures.</summary>
    public static MadeModel Make(ZooModel model, TrainingPlan training, int testImages, string file, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var last = new LastEpoch();
        var (size, balanced) = (training.Size, model.Planting with { Correlation = .5 });
        using var network = model.Kind == ZooModelKind.RandomWeights
            ? TinyCnnTrainer.Untrained(training)
            : TinyCnnTrainer.Train(new PlantedShortcutGenerator(size, model.Planting, TrainingSeed(model)), training, last, cancellationToken);
        File.WriteAllBytes(file, TinyCnnExport.ToOnnx(network, size));
        return new MadeModel
        {
            Model = model,
            Training = training,
            TrainingAccuracy = last.Accuracy,
            OwnAccuracy = Accuracy(model.Planting),
            BalancedAccuracy = Accuracy(balanced),
            Reliance = Reliance.Measure(network, model.Planting, testImages, size, cancellationToken),
            Seconds = clock.Elapsed.TotalSeconds,
        };

        double Accuracy(Planting planting) =>
            TinyCnnTrainer.BalancedAccuracy(network, new PlantedShortcutGenerator(size, planting, TestImagesSeed), testImages, size, cancellationToken);
    }

    private sealed class LastEpoch : IProgress<TrainingProgress>
    {
        public double? Accuracy { get; private set; }

        public void Report(TrainingProgress value) => Accuracy = value.Accuracy;
    }
}
