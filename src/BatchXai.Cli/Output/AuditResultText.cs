using BatchXai.Cli.Embedded;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>Tells how an audit ended.</summary>
internal static class AuditResultText
{
    /// <summary>Writes the finding, or why there is none. Returns the exit code.</summary>
    public static int Show(Screen screen, AuditEnded ended, bool json)
    {
        if (json)
        {
            screen.Json(ended);
        }

        if (ended.Report is not { } report)
        {
            screen.Problems(ended.Error?.Split(Environment.NewLine) ?? [$"the audit ended as {ended.State.ToString().ToLowerInvariant()} without a report."]);
            return ended.State == AuditState.Cancelled ? ExitCode.Cancelled : ExitCode.Error;
        }

        if (!json)
        {
            Write(screen, report, ended.Output);
        }

        return ExitCode.Done;
    }

    /// <summary>Share of all images that could not be explained, in words; nothing when there are none.</summary>
    public static IEnumerable<string> Outcomes(OverfittingReport report) =>
        report.Outcomes.Where(outcome => outcome.Value > 0).Select(outcome => $"{outcome.Value:N0} {Words(outcome.Key)}");

    private static void Write(Screen screen, OverfittingReport report, string folder)
    {
        var results = screen.Results;
        results.WriteLine();
        results.MarkupLineInterpolated($"[bold]{report.Headline.Finding}[/]");
        results.WriteLine(report.Headline.Certainty);
        results.WriteLine(report.Headline.Caution);
        results.WriteLine();
        if (report.Verdict is { } verdict)
        {
            results.MarkupLineInterpolated($"Verdict   [bold]{verdict.State.ToString().ToUpperInvariant()}[/]: {verdict.Sentence}");
            if (report.SplitReading is { Training: var training })
            {
                results.WriteLine($"          Judged without the items of split {training}, which the model was trained on.");
            }

            foreach (var reason in verdict.Reasons)
            {
                results.WriteLine($"          {reason.Sentence}");
            }

            results.WriteLine();
        }

        if (report.SplitReading is { } splits)
        {
            results.WriteLine($"Splits    {splits.Training} against {splits.Validation}: {splits.Sentence}");
            results.WriteLine($"          {splits.Memorisation.Sentence}");
            results.WriteLine($"          {splits.Shortcut.Sentence}");
            results.WriteLine();
        }

        results.WriteLine($"Items     {string.Join(", ", Outcomes(report))}");
        if (report.Accuracy is { Value: { } accuracy, N: var labelled })
        {
            results.WriteLine($"Accuracy  {accuracy:P1} of {labelled:N0} labelled images");
        }

        foreach (var sentence in Found(report))
        {
            results.WriteLine($"Found     {sentence}");
        }

        foreach (var warning in report.Warnings)
        {
            screen.Warning(warning);
        }

        results.WriteLine($"Report    {Path.Combine(folder, "report.html")}");
    }

    /// <summary>What sets single classes, and groups of heatmaps within them, apart.</summary>
    private static IEnumerable<string> Found(OverfittingReport report) =>
        report.ZoneComparisons.SelectMany(comparison => comparison.Findings).Select(finding => finding.Sentence)
            .Concat((report.Clusters?.Classes ?? []).SelectMany(row => row.Clusters).Select(cluster => cluster.Sentence).OfType<string>());

    private static string Words(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.MaskInvalid => "with an unusable mask",
        ItemOutcome.NoPositiveEvidence => "without positive evidence",
        ItemOutcome.NonFinite => "with NaN or infinity",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
