using System.Globalization;
using System.Text;

namespace BatchXai.Cli.Selftest;

/// <summary>The results as a Markdown page.</summary>
internal static class SelftestMarkdown
{
    /// <summary>Writes it.</summary>
    public static string Write(SelftestResult result)
    {
        var page = new StringBuilder();
        Line($"# Planted-shortcut benchmark, profile {result.Profile}");
        Line($"");
        Line($"{result.FinishedAt:yyyy-MM-dd}, {result.Models.Count} models, {result.Models.Sum(model => model.Made.Seconds + model.AuditSeconds):0} s of work, {result.Seconds:0} s in this run. Seeds: each model's is in its name, and that of its training images is 1,000 more; audit images 7 and 11, fresh images 9, verified labels 301 and 302, central blob 401.");
        Line($"");
        Line($"| measure | bar | measured | |");
        Line($"| --- | --- | --- | --- |");
        foreach (var bar in result.Bars)
        {
            Line($"| {bar.Measure} | {bar.Required} | {bar.Measured} | {(bar.Met == false ? $"**{bar.Verdict}**" : bar.Verdict)} |");
        }

        Line($"");
        Line($"Detection by each score of the report alone (texture, hue and frame against clean models):");
        Line($"");
        Line($"| score | AUC |");
        Line($"| --- | --- |");
        foreach (var row in result.Ablation)
        {
            Line($"| {row.Score} | {row.Detection.Text} |");
        }

        Line($"");
        Line($"| model | own accuracy | balanced accuracy | measured reliance | relies on | focus κ | background attention | net flip rate | verdict | training against validation |");
        Line($"| --- | ---: | ---: | --- | --- | ---: | ---: | ---: | --- | --- |");
        foreach (var model in result.Models)
        {
            Line($"| {model.Model.Name} | {model.Made.OwnAccuracy:0.000} | {model.Made.BalancedAccuracy:0.000} | {model.Made.Reliance.Value:0.000} [{model.Made.Reliance.Low:0.000} … {model.Made.Reliance.High:0.000}] | {model.ReliesOn} | {-model.Audit.Values[DetectionScores.Focus]:0.000} | {model.Audit.Values[DetectionScores.BackgroundAttention]:0.000} | {model.Audit.Values[CausalScores.NetFlipRate]:0.000} | {model.Verdict.State.ToString().ToUpperInvariant()} {string.Join(' ', model.Verdict.Reasons)} | {model.Verdict.Finding} |");
        }

        return page.ToString();

        void Line(FormattableString text) => page.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
