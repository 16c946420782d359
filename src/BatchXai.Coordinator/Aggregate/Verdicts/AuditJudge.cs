using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate.Causal;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Coordinator.Aggregate.Verdicts;

/// <summary>
/// From figures to verdicts, for one method × target × kind of mask: that of the report's finding. The rules are <see cref="VerdictRule"/>'s; here is
/// only what they are given.
/// </summary>
/// <param name="audit">The items that are judged.</param>
/// <param name="causal">Their causal tests.</param>
/// <param name="plan">The audit.</param>
/// <param name="finding">The report's finding.</param>
/// <param name="sanity">The sanity checks; null: not run.</param>
/// <param name="splits">Training against validation; null: the audit does not have both.</param>
internal sealed class AuditJudge(AuditAccumulator audit, CausalAccumulator causal, AuditPlan plan, ReportHeadline finding, SanityResult? sanity, SplitReading? splits)
{
    /// <summary>The limits.</summary>
    public static VerdictThresholds Thresholds { get; } = new();

    private readonly AuditChecks checks = new()
    {
        SanityPassed = Passed(sanity, finding.Method),
        Accuracy = SupportRule.Estimate(audit.All.Accuracy),
        ChanceAccuracy = ByChance(audit),
        Confidence = audit.All.Confidence,
    };

    /// <summary>Whether a method's maps change when the weights of all layers are drawn anew; null: not tested.</summary>
    public static bool? Passed(SanityResult? sanity, string? method) =>
        sanity?.Redrawn.Where(found => found.Method == method).MaxBy(found => found.Layers) is { Compared: > 0 } redrawn ? !redrawn.Fails : null;

    /// <summary>The verdict on all items and on each labelled class.</summary>
    /// <param name="methods">Figures over all items that are judged.</param>
    /// <param name="classes">Figures of their classes.</param>
    public (VerdictFigures All, IReadOnlyList<ClassVerdict> Classes) Judge(IReadOnlyList<MethodFigures> methods, IReadOnlyList<ClassFigures> classes)
    {
        var rows = classes.Where(row => row.Class is not null && row.Method == finding.Method && row.Target == finding.Target).ToList();
        var flags = Flags();
        var judged = rows.Select(row => (Row: row, Findings: causal.OfClass(row.Class!, plan.Request.Seed).Where(IsMarked).ToList()))
            .Select(found => (found.Row, found.Findings, Verdict: VerdictRule.Judge(Evidence(MapsOf(found.Row.Class!), found.Row.Focus, flags.GetValueOrDefault(found.Row.Class!), found.Findings), Thresholds)))
            .ToList();
        var method = methods.FirstOrDefault(figures => figures.Method == finding.Method && figures.Target == finding.Target);
        var all = VerdictRule.Judge(
            Evidence(MapsOfAll(), method?.Focus ?? [], null, [.. causal.OfAll(plan.Request.Seed).Where(IsMarked)]), [.. judged.Select(found => found.Verdict)], Thresholds);
        return (VerdictWords.Of(all, plan.Request.Causal, null), [.. judged.OrderByDescending(found => found.Verdict.State).Select(found => new ClassVerdict
        {
            Class = found.Row.Class!,
            Verdict = VerdictWords.Of(found.Verdict, plan.Request.Causal, found.Row.Class),
            Flag = Figures(flags.GetValueOrDefault(found.Row.Class!)),
            Causal = [.. found.Findings.Select(one => one.Figures)],
        })]);
    }

    private VerdictEvidence Evidence(MapAccumulator? maps, IReadOnlyList<FocusFigures> focus, ClassFlag? flag, IReadOnlyList<CausalFinding> findings)
    {
        var figures = focus.FirstOrDefault(one => one.MaskKind == finding.MaskKind);
        var units = maps?.Kept(finding.MaskKind) is not { } kept ? 0 : audit.Grouped ? kept.Groups.Distinct().Count() : kept.Values.Length;
        return new()
        {
            Checks = checks,
            Maps = maps?.Masked(finding.MaskKind) ?? 0,
            UsableMaps = figures?.Usable ?? 0,
            // Without an interval anything may be.
            Focus = figures?.Focus is { Value: { } value } mean ? new(value, mean.Low ?? double.NegativeInfinity, mean.High ?? double.PositiveInfinity, units) : null,
            ChanceEnergy = figures?.ChanceEnergy,
            Flag = flag,
            Causal = CausalFinding.EvidenceOf(findings, plan),
            NewImageErrors = splits?.NewImageErrors,
        };
    }

    private Dictionary<string, ClassFlag> Flags()
    {
        var classes = audit.Classes.Where(pair => pair.Key.Labelled).Select(pair => (pair.Key.Name, Kept: Maps(pair.Value)?.Kept(finding.MaskKind)))
            .Where(entry => entry.Kept is not null).Select(entry => new ClassFocus(entry.Name, entry.Kept!.Values, audit.Grouped ? entry.Kept.Groups : default(ReadOnlyMemory<int>))).ToList();
        return ClassFlagging.Flag(classes, Thresholds, plan.Request.Seed).ToDictionary(flag => flag.Class);
    }

    private bool IsMarked(CausalFinding found) => found.Figures.MaskKind == finding.MaskKind;

    private MapAccumulator? MapsOf(string name) => audit.Classes.TryGetValue((true, name), out var group) ? Maps(group) : null;

    private MapAccumulator? MapsOfAll() => finding.Method is null ? null : audit.Find(finding.Method, finding.Target!)?.Maps;

    private MapAccumulator? Maps(GroupAccumulator group) => finding.Method is null ? null : group.Maps(finding.Method, finding.Target!);

    private static ClassFlagFigures Figures(ClassFlag? flag) => new(flag?.FocusDifference, flag?.CliffDelta, flag?.P, flag?.AdjustedP, flag?.Flagged ?? false);

    // Who never looks is right as often as the largest class is there.
    private static double ByChance(AuditAccumulator audit)
    {
        var judged = audit.Classes.Where(pair => pair.Key.Labelled).Select(pair => pair.Value.Accuracy.N).Where(n => n > 0).ToList();
        return judged.Count == 0 ? 0 : (double)judged.Max() / judged.Sum();
    }
}
