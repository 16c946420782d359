using System.Text;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Components;

namespace BatchXai.Coordinator.Report;

/// <summary>
/// A report as a part of a model card, in the sections that Mitchell et al. 2019 (arXiv 1810.03993) give such cards: to be pasted into a card that says the rest, such as what the model is meant for.
/// </summary>
internal static class ModelCard
{
    private const int MostClasses = 50;
    private const int MostPictures = 6;

    /// <summary>The part as Markdown. Names out of the dataset stay text; addresses of pictures are relative to the report.</summary>
    public static string Of(OverfittingReport report)
    {
        var text = new StringBuilder("## Does the model look at the object or at the background?\n\n");
        text.Append($"{Escape(report.Headline.Finding)} {Escape(report.Headline.Certainty)}\n");
        if (report.Verdict is { } verdict)
        {
            var without = report.SplitReading is { } splits ? $" {Escape(Wording.JudgedWithout(splits.Training))}" : "";
            text.Append($"\n**{Wording.Verdict(verdict.State)}.** {Escape(verdict.Sentence)}{without}\n\n");
            List(text, verdict.Reasons.Select(reason => $"{Wording.Verdict(reason.State)}: {reason.Sentence}"));
        }

        Facts(text, "Model details", ModelCardFacts.Model(report));
        text.Append("\n### Metrics\n\n");
        List(text, ModelCardFacts.Metrics(report.Causal is not null));
        Facts(text, "Evaluation data", ModelCardFacts.Data(report));
        text.Append("\n### Quantitative analyses\n");
        Focus(text, report.Methods);
        Splits(text, report);
        List(text, "Training held against validation:", report.SplitReading is { } reading ? [reading.Sentence, reading.Memorisation.Sentence, reading.Shortcut.Sentence] : []);
        Causal(text, report);
        Classes(text, report.ClassVerdicts);
        List(text, "Places that hold more attention in one class than in the others (no mask needed):", [.. report.ZoneComparisons.SelectMany(comparison =>
            comparison.Findings.Select(finding => $"{Wording.MethodTitle(comparison.Method)}, {Wording.Target(comparison.Target)}: {finding.Sentence}"))]);
        List(text, "Groups of heatmaps that stand out in their class:", [.. (report.Clusters?.Classes ?? []).SelectMany(row => row.Clusters).Select(cluster => cluster.Sentence).OfType<string>()]);
        Pictures(text, report.TurnedAnswers);
        text.Append("\n### Caveats and recommendations\n");
        List(text, "What the verdict cannot see, and what weakens it:", report.Verdict?.Limits ?? []);
        List(text, "What the figures cannot see:", report.Limits);
        List(text, "Warnings:", report.Warnings);
        List(text, "What to do next:", [.. report.Verdict?.NextSteps ?? [], .. report.SplitReading?.NextSteps ?? []]);
        Facts(text, "How it was measured", ModelCardFacts.Making(report));
        return text.ToString();
    }

    private static void Focus(StringBuilder text, IReadOnlyList<MethodFigures> methods) => Table(
        text,
        ["Method", "Usable heatmaps", "Focus κ (chance 0, perfect 1)", "Below chance", "Background attention", "By chance"],
        from method in methods
        from focus in method.Focus
        select new[]
        {
            $"{Wording.MethodTitle(method.Method)}, {Wording.Target(method.Target)}, {Wording.Kind(focus.MaskKind)}", Wording.Count(focus.Usable), Mean(focus.Focus), Share(focus.BelowChance),
            Wording.Percent(focus.BackgroundAttention.Value), Wording.Percent(focus.BackgroundAttention.Chance),
        });

    private static void Splits(StringBuilder text, OverfittingReport report) => Table(
        text,
        ["Split", "Items", "Accuracy", "Focus κ"],
        from row in report.Splits.GroupBy(row => row.Split).Where(_ => report.Splits.Select(row => row.Split).Distinct().Count() > 1).Select(rows => rows.First())
        select new[] { row.Split, Wording.Count(row.Items), Share(row.Accuracy), Mean(row.Focus.Count == 0 ? null : row.Focus[0].Focus) });

    private static void Causal(StringBuilder text, OverfittingReport report)
    {
        if (report.Causal is not { } causal)
        {
            text.Append($"\n{Wording.NoCausal(report.Request.Causal)}\n");
            return;
        }

        Table(
            text,
            ["Other backgrounds", .. causal.Figures.Select(figures => $"{Wording.Fill(figures.Fill)}, {Wording.Kind(figures.MaskKind)}, {Wording.Count(figures.Items)} items")],
            CausalRow.All.Select(row => (string[])[row.Name, .. causal.Figures.Select(figures => Written(row.Cell(figures)))]));
        text.Append($"\n{Wording.CausalCost(causal)}\n");
    }

    private static void Classes(StringBuilder text, IReadOnlyList<ClassVerdict> classes)
    {
        Table(
            text,
            ["Class", "Verdict", "BG-gap", "Net flips", "Without object", "Δκ", "Why"],
            classes.Take(MostClasses).Select(row => (Row: row, Causal: DecisionFigures.Of(row))).Select(pair => new[]
            {
                pair.Row.Class, Wording.Verdict(pair.Row.Verdict.State), Difference(pair.Causal?.BackgroundGap), Difference(pair.Causal?.NetFlipRate),
                Wording.Percent(pair.Causal?.Accuracy[CausalTest.ObjectRemoved].Value), Wording.Number(pair.Row.Flag.Difference), pair.Row.Verdict.Reasons[0].Sentence,
            }));
        if (classes.Count > MostClasses)
        {
            text.Append($"\nThe first {Wording.Count(MostClasses)} of {Wording.Count(classes.Count)} classes, the gravest first.\n");
        }
    }

    private static void Pictures(StringBuilder text, TurnedAnswers? turned)
    {
        if (turned is null)
        {
            return;
        }

        text.Append($"\n{Wording.Turned(turned)}\n");
        CausalTest?[] shown = [null, CausalTest.MixedRand, CausalTest.ObjectRemoved];
        var rows = turned.Shown.Take(MostPictures).Select(item => new[] { Escape(item.ItemId) }.Concat(shown.Select(test => View(item.Tests.Prepend(item.Before).FirstOrDefault(view => view.Test == test)))));
        Rows(text, ["Item", .. shown.Select(Wording.Test)], rows);
    }

    private static string View(PicturedTest? view)
    {
        if (view is null)
        {
            return "–";
        }

        var answer = $"{Escape(view.PredictedName ?? "?")}, {Wording.Percent(view.Confidence)}";
        return view.Picture is null ? answer : $"![{Wording.Test(view.Test)}]({view.Picture}) {answer}";
    }

    private static void Facts(StringBuilder text, string title, IEnumerable<(string Name, string Value)> facts)
    {
        text.Append($"\n### {title}\n\n");
        foreach (var (name, value) in facts)
        {
            text.Append($"- **{name}**: {Escape(value)}\n");
        }
    }

    private static void List(StringBuilder text, string title, IReadOnlyList<string> sentences)
    {
        if (sentences.Count > 0)
        {
            text.Append($"\n{title}\n\n");
            List(text, sentences);
        }
    }

    private static void List(StringBuilder text, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            text.Append($"- {Escape(sentence)}\n");
        }
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> header, IEnumerable<string[]> rows) => Rows(text, header, rows.Select(row => row.Select(Escape)));

    private static void Rows(StringBuilder text, IReadOnlyList<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        var lines = rows.Select(row => MarkdownText.Row(row)).ToList();
        if (lines.Count > 0)
        {
            text.Append('\n').Append(MarkdownText.Row(header.Select(Escape))).Append(MarkdownText.Row(header.Select(_ => "---"))).AppendJoin("", lines);
        }
    }

    private static string Written(FigureCell cell) => $"{cell.Value}{(cell.Range is null ? "" : $" ({cell.Range})")}{(cell.Chance is null ? "" : $"; by chance {cell.Chance}")}";

    private static string Mean(MeanFigure? figure) => $"{Wording.Number(figure?.Value)}{(figure?.Low is null ? "" : $" ({Wording.Number(figure.Low)} to {Wording.Number(figure.High)})")}";

    private static string Share(Proportion? share) => $"{Wording.Percent(share?.Value)}{(share?.Low is null ? "" : $" ({Wording.Percent(share.Low)} to {Wording.Percent(share.High)})")}";

    private static string Difference(DifferenceFigure? figure) => $"{Wording.Points(figure?.Value)}{(figure?.Low is null ? "" : $" ({Wording.Points(figure.Low)} to {Wording.Points(figure.High)})")}";

    private static string Escape(string text) => MarkdownText.Escape(text);
}
