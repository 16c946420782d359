using System.Text;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Compare;

/// <summary>A comparison as Markdown.</summary>
internal static class ComparisonMarkdown
{
    public static string Of(ComparisonReport report)
    {
        var text = new StringBuilder();
        text.Append($"# {MarkdownText.Escape(report.First.Name)} → {MarkdownText.Escape(report.Second.Name)}\n\n");
        text.Append($"First: {Model(report.First)}. Second: {Model(report.Second)}. {ComparisonWords.Items(report.Items)}\n\n");
        foreach (var finding in report.Findings)
        {
            text.Append($"- {MarkdownText.Escape(finding)}\n");
        }

        Table(text, "All items", "Figure", ComparisonTables.All(report));
        foreach (var (title, rows) in ComparisonTables.Classes(report))
        {
            Table(text, $"{title}: classes", "Class", rows);
        }

        text.Append("\n## What this cannot say\n\n");
        foreach (var limit in report.Limits)
        {
            text.Append($"- {MarkdownText.Escape(limit)}\n");
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, string first, IReadOnlyList<ComparisonRow> rows)
    {
        text.Append($"\n## {MarkdownText.Escape(title)}\n\n");
        text.Append(MarkdownText.Row([first, .. ComparisonTables.Columns]));
        text.Append(MarkdownText.Row(["---", .. ComparisonTables.Columns.Select(column => column == "Conclusion" ? "---" : "---:")]));
        foreach (var row in rows)
        {
            text.Append(MarkdownText.Row([MarkdownText.Escape(row.Name), .. row.Cells.Select(MarkdownText.Escape)]));
        }
    }

    private static string Model(ComparedAudit audit) => $"{MarkdownText.Escape(Path.GetFileName(audit.ModelPath))} ({audit.ModelHash[..12]})";
}
