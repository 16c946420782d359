using BatchXai.Cli.Planted;

namespace BatchXai.Cli.Demo;

/// <summary>What the demo does. The shortcut is in the training images of one model only; both are audited on the same images.</summary>
internal sealed record DemoPlan
{
    /// <summary>
    /// How both networks are trained: until nine of ten training images are right. Both then look equally good on images like their own, and
    /// neither is pressed to learn what it does not need for that.
    /// </summary>
    public TrainingPlan Training { get; init; } = new() { Seed = 1, EnoughAccuracy = .9 };

    /// <summary>ρ of the training images of the model "biased": the background belongs to the class in 92 % of them.</summary>
    public double BiasedCorrelation { get; init; } = .95;

    /// <summary>ρ of the training images of the model "balanced", and of the audit set: background and class are independent.</summary>
    public double BalancedCorrelation { get; init; } = .5;

    /// <summary>Images in the audit set.</summary>
    public int AuditImages { get; init; } = 600;

    /// <summary>Seed of the training images.</summary>
    public int TrainingImagesSeed { get; init; } = 101;

    /// <summary>Seed of fresh images of the same kind as the training images.</summary>
    public int TestImagesSeed { get; init; } = 102;

    /// <summary>Seed of the audit set.</summary>
    public int AuditImagesSeed { get; init; } = 103;
}
