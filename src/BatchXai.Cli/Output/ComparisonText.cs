using BatchXai.Contracts.Reports;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>Tells what a comparison found.</summary>
internal static class ComparisonText
{
    /// <summary>Writes the findings, or one JSON object.</summary>
    public static void Show(Screen screen, ComparisonReport report, string folder, bool json)
    {
        if (json)
        {
            screen.Json(report);
            return;
        }

        var (results, items) = (screen.Results, report.Items);
        results.WriteLine();
        results.MarkupLineInterpolated($"[bold]{report.First.Name} → {report.Second.Name}[/]");
        foreach (var finding in report.Findings)
        {
            results.WriteLine(finding);
        }

        results.WriteLine();
        results.WriteLine($"Items       {items.Joined:N0} in both, {items.OnlyFirst:N0} only in the first, {items.OnlySecond:N0} only in the second{(items.OtherLabel > 0 ? $", {items.OtherLabel:N0} left out because their labels differ" : "")}");
        results.WriteLine($"Caution     {report.Limits[0]}");
        results.WriteLine($"Comparison  {Path.Combine(folder, "comparison.html")}");
    }
}
