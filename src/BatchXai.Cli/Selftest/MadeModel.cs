using BatchXai.Cli.Planted;

namespace BatchXai.Cli.Selftest;

/// <summary>A model of the zoo before its audit, and what only its maker can know of it.</summary>
internal sealed record MadeModel
{
    /// <summary>The model.</summary>
    public required ZooModel Model { get; init; }

    /// <summary>How it was trained.</summary>
    public required TrainingPlan Training { get; init; }

    /// <summary>Accuracy on its training images in the last epoch, 0 … 1; null: not trained.</summary>
    public double? TrainingAccuracy { get; init; }

    /// <summary>Balanced accuracy on fresh images of the same kind, 0 … 1.</summary>
    public required double OwnAccuracy { get; init; }

    /// <summary>Balanced accuracy where cue and class are independent, 0 … 1.</summary>
    public required double BalancedAccuracy { get; init; }

    /// <summary>Measured reliance on the cue.</summary>
    public required Reliance Reliance { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }
}
