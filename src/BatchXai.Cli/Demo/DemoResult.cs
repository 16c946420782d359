using BatchXai.Cli.Embedded;

namespace BatchXai.Cli.Demo;

/// <summary>What the demo found; with --json, exactly this.</summary>
/// <param name="Biased">The model that was given a shortcut.</param>
/// <param name="Balanced">The model that was not.</param>
internal sealed record DemoResult(DemoModelResult Biased, DemoModelResult Balanced);

/// <summary>One model of the demo.</summary>
/// <param name="Name">"biased" or "balanced".</param>
/// <param name="SameFamilyProbability">Share of its training images whose background belongs to the class, 0 … 1.</param>
/// <param name="OwnAccuracy">Balanced accuracy on fresh images of the same kind as its training images, 0 … 1.</param>
/// <param name="Audit">Its audit.</param>
internal sealed record DemoModelResult(string Name, double SameFamilyProbability, double OwnAccuracy, AuditEnded Audit);
