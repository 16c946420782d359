using BatchXai.Cli.Planted;

namespace BatchXai.Cli.Selftest;

/// <summary>What was found about one model.</summary>
internal sealed record ZooModelResult
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

    /// <summary>The verified label.</summary>
    public required ReliesOn ReliesOn { get; init; }

    /// <summary>What the audit says.</summary>
    public required DetectionScores Audit { get; init; }

    /// <summary>What the audit of a clean model says on objects of half the area; null for other models.</summary>
    public DetectionScores? SmallObjects { get; init; }

    /// <summary>Seconds of training and of measuring reliance.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Seconds of all its audits.</summary>
    public required double AuditSeconds { get; init; }
}
