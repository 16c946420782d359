using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate.Causal;
using BatchXai.Statistics;
using BatchXai.Statistics.Proportions;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Coordinator.Aggregate.Splits;

/// <summary>From the figures of two splits to what they say together. The rules are <see cref="SplitReading"/>'s; here is only what they are given.</summary>
internal sealed class SplitJudge(AuditAccumulator audit, CausalAccumulator causal, AuditPlan plan, ReportHeadline finding, SplitRoles roles)
{
    private readonly GroupAccumulator training = audit.Splits[roles.Training];
    private readonly GroupAccumulator validation = audit.Splits[roles.Validation];

    /// <summary>Reads training against validation.</summary>
    /// <param name="thresholds">The limits.</param>
    public (SplitReading Reading, SplitReadingFigures Figures) Read(VerdictThresholds thresholds)
    {
        var tested = causal.OfSplit(roles.Validation, plan.Request.Seed).Where(found => found.Figures.MaskKind == finding.MaskKind).ToList();
        var evidence = new SplitEvidence
        {
            AccuracyGap = AccuracyGap(),
            Accuracy = SupportRule.Estimate(validation.Accuracy),
            Focus = Focus(validation, "focus"),
            TrainingFocus = Focus(training, "training focus"),
            FocusDrop = FocusDrop(),
            Causal = CausalFinding.EvidenceOf(tested, plan),
        };
        var reading = SplitReading.Of(evidence, thresholds);
        return (reading, SplitWords.Of(reading, evidence, roles, training.Accuracy, validation.Accuracy, [.. tested.Select(found => found.Figures)]));
    }

    private Estimate? AccuracyGap()
    {
        var (first, second) = (training.Accuracy, validation.Accuracy);
        return first.N == 0 || second.N == 0 ? null : Estimate.Of(
            first.Value!.Value - second.Value!.Value,
            ProportionDifference.Independent((long)first.Successes, first.N, (long)second.Successes, second.N),
            Math.Min(first.N, second.N));
    }

    private Estimate? Focus(GroupAccumulator split, string name) => Kept(split) is { } kept && Bootstrap.MeanInterval(kept.Values, Groups(kept), Random(name)) is { } interval
        ? Estimate.Of(kept.Values.Average(value => (double)value), interval, Units(kept))
        : null;

    private Estimate? FocusDrop() =>
        Kept(training) is { } first && Kept(validation) is { } second
        && Bootstrap.DifferenceInterval(first.Values, Groups(first), second.Values, Groups(second), Random("focus drop")) is { } interval
            ? Estimate.Of(first.Values.Average(value => (double)value) - second.Values.Average(value => (double)value), interval, Math.Min(Units(first), Units(second)))
            : null;

    private FocusAccumulator? Kept(GroupAccumulator split) =>
        finding is { Method: { } method, Target: { } target } && split.Maps(method, target).Kept(finding.MaskKind) is { Values.Length: > 0 } kept ? kept : null;

    private int[] Groups(FocusAccumulator kept) => audit.Grouped ? kept.Groups : [];

    private long Units(FocusAccumulator kept) => audit.Grouped ? kept.Groups.Distinct().Count() : kept.Values.Length;

    private SplitMix64 Random(string what) => SplitMix64.For(plan.Request.Seed, $"bootstrap {what} {roles.Training} {roles.Validation}");
}
