using System.Text.RegularExpressions;

namespace BatchXai.Coordinator.Api;

/// <summary>The files that a report consists of: only these names are looked for.</summary>
internal static partial class ReportFiles
{
    /// <summary>What browsers may do with a file of a report: show its own styles and pictures.</summary>
    public const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, string> Types = new()
    {
        ["report.html"] = "text/html; charset=utf-8",
        ["report.json"] = "application/json",
        ["clusters.json"] = "application/json",
        ["model-card.md"] = "text/markdown; charset=utf-8",
        ["classes.csv"] = "text/csv; charset=utf-8",
        ["items.csv"] = "text/csv; charset=utf-8",
    };

    /// <summary>Content type of a file; null: a report has no such file.</summary>
    public static string? TypeOf(string name) =>
        Types.GetValueOrDefault(name) ?? (!Picture().IsMatch(name) ? null : name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "image/jpeg");

    [GeneratedRegex("^evidence/(item-[0-9]{1,19}\\.png|[0-9]{9,19}-[a-z_]{1,32}\\.jpg)\\z")]
    private static partial Regex Picture();
}
