using BatchXai.Contracts.Reports;

namespace BatchXai.Cli.Selftest;

/// <summary>What one report concludes about its model.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Reasons">Codes of its WARN and FAIL reasons, and of those of its classes.</param>
/// <param name="Finding">Training against validation; null: the audit did not have both.</param>
/// <param name="Shortcut">Its answer on the background; null as for the finding.</param>
/// <param name="AdmitsBlindness">It says that cues on the object, and cues without a place, are not detectable by attribution.</param>
internal sealed record AuditVerdict(VerdictState State, IReadOnlyList<string> Reasons, SplitFinding? Finding, SplitAnswer? Shortcut, bool AdmitsBlindness)
{
    private static readonly string[] Background = ["backgroundGap", "netFlipRate", "noObjectAccuracy", "fillsDisagree"];

    /// <summary>WARN or FAIL.</summary>
    public bool IsFlag => State is VerdictState.Warn or VerdictState.Fail;

    /// <summary>It says in any place that the model uses the background.</summary>
    public bool CallsShortcut => State == VerdictState.Fail || Shortcut == SplitAnswer.Yes || (IsFlag && Reasons.Intersect(Background).Any());

    /// <summary>Reads a report.</summary>
    public static AuditVerdict Of(OverfittingReport report)
    {
        var verdict = report.Verdict!;
        var reasons = report.ClassVerdicts.Select(row => row.Verdict).Where(row => row.State != VerdictState.Insufficient).Prepend(verdict).SelectMany(one => one.Reasons);
        return new(
            verdict.State,
            [.. reasons.Where(reason => reason.State is VerdictState.Warn or VerdictState.Fail).Select(reason => reason.Code).Distinct()],
            report.SplitReading?.Finding,
            report.SplitReading?.Shortcut.Answer,
            verdict.Limits.Count(limit => limit.Contains("not detectable by attribution", StringComparison.Ordinal)) == 2);
    }
}
