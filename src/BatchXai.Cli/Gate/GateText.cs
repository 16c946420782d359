using System.Text;
using BatchXai.Cli.Output;
using BatchXai.Coordinator.Report;
using Spectre.Console;

namespace BatchXai.Cli.Gate;

/// <summary>A gate's answer for people: on the screen, and as Markdown for a pull request.</summary>
internal static class GateText
{
    /// <summary>Writes the answer, or one JSON object.</summary>
    public static void Show(Screen screen, GateResult result, bool json)
    {
        if (json)
        {
            screen.Json(result);
            return;
        }

        screen.Results.MarkupLineInterpolated($"[bold]{Headline(result)}[/]");
        foreach (var check in result.Checks)
        {
            screen.Results.WriteLine($"{Word(check.State),-12}  {check.Scope}: {check.Rule}: {check.Figure}. {check.Reason}");
        }

        foreach (var note in result.Notes)
        {
            screen.Results.WriteLine($"Note          {note}");
        }
    }

    /// <summary>The answer as Markdown.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="page">Address of the report's page, relative to the Markdown file; null: none.</param>
    public static string Markdown(GateResult result, string? page)
    {
        var text = new StringBuilder($"### {MarkdownText.Escape(Headline(result))}\n\n");
        text.Append(MarkdownText.Row("Result", "Where", "What", "Figure", "Why")).Append(MarkdownText.Row("---", "---", "---", "---", "---"));
        foreach (var check in result.Checks)
        {
            text.Append(MarkdownText.Row(new[] { Word(check.State), check.Scope, check.Rule, check.Figure, check.Reason }.Select(MarkdownText.Escape)));
        }

        text.Append(string.Concat(result.Notes.Select(note => $"\n{MarkdownText.Escape(note)}\n")));
        return page is null ? text.ToString() : text.Append($"\n[The report](<{page}>)\n").ToString();
    }

    private static string Headline(GateResult result) =>
        $"{Word(result.State)}: {result.Audit}{(result.Baseline is { } baseline ? $" against {baseline}" : "")}{(result.Verdict is { } verdict ? $". {verdict}" : "")}";

    private static string Word(GateState state) => state.ToString().ToUpperInvariant();
}
