using BatchXai.Cli.Selftest;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>Every bar of the benchmark, met or not.</summary>
internal static class SelftestResultText
{
    /// <summary>Writes bars, the conclusion, and where the results are.</summary>
    public static void Show(Screen screen, SelftestResult result, string folder, bool json)
    {
        if (json)
        {
            screen.Json(result);
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("measure", "bar", "measured", "");
        foreach (var bar in result.Bars)
        {
            table.AddRow([.. new[] { bar.Measure, bar.Required ?? "–", bar.Measured, bar.Verdict }.Select(Markup.Escape)]);
        }

        screen.Results.Write(table);
        var missed = result.Bars.Count(bar => bar.Met == false);
        screen.Results.WriteLine(missed == 0 ? "Every bar that can be judged is met." : $"{missed} of {result.Bars.Count(bar => bar.Met is not null)} bars are not met.");
        screen.Results.WriteLine($"Every model and every figure: {Path.Combine(folder, "results.md")}");
    }
}
