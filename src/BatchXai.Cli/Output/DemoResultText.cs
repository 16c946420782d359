using BatchXai.Cli.Demo;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>The two models of the demo side by side.</summary>
internal static class DemoResultText
{
    /// <summary>Writes figures, what they mean, and where the reports are.</summary>
    public static void Show(Screen screen, DemoResult result, bool json)
    {
        if (json)
        {
            screen.Json(result);
            return;
        }

        DemoModelResult[] models = [result.Biased, result.Balanced];
        var results = screen.Results;
        results.WriteLine();
        results.Write(Figures(models));
        results.WriteLine();
        results.WriteLine(Meaning(result));
        results.WriteLine();
        foreach (var model in models)
        {
            results.WriteLine($"Report of the {model.Name} model: {Path.Combine(model.Audit.Output, "report.html")}");
        }
    }

    private static Table Figures(DemoModelResult[] models)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumns([.. models.Select(model => model.Name)]);
        Row("background belongs to the class in training", model => $"{model.SameFamilyProbability:P0}");
        Row("accuracy on images like its training images", model => $"{model.OwnAccuracy:P0}");
        Row("accuracy on the audit set, where background and class are independent", model => $"{model.Audit.Report!.Accuracy.Value:P0}");
        Row("verdict", model => model.Audit.Report!.Verdict!.State.ToString().ToUpperInvariant());
        Row("answers that another background changes, beyond the placebo (filled by diffusion)", model => Share(model.Audit.Report!.Causal?.Figures[0].NetFlipRate));
        foreach (var method in MethodNames.All)
        {
            Row($"{method}: background attention (by chance)", model => BesideChance(Focus(model, method)?.BackgroundAttention));
            Row($"{method}: focus κ (by chance 0, perfect 1)", model => Mean(Focus(model, method)?.Focus));
        }

        return table;

        void Row(string title, Func<DemoModelResult, string> figure) => table.AddRow([title, .. models.Select(model => Markup.Escape(figure(model)))]);
    }

    private static string Meaning(DemoResult result)
    {
        var (biased, balanced) = (Focus(result.Biased, MethodNames.GradCam)?.Focus, Focus(result.Balanced, MethodNames.GradCam)?.Focus);
        return biased?.High < balanced?.Low
            ? "The biased model looks at the background more than the balanced one: its focus is lower, beyond what chance explains. " +
              "Its own accuracy did not show this; the drop in accuracy where the background does not help confirms it."
            : "The two models do not differ in focus beyond chance, which the demo does not expect: look at both reports.";
    }

    private static FocusFigures? Focus(DemoModelResult model, string method) =>
        model.Audit.Report!.Methods.FirstOrDefault(figures => figures.Method == method)?.Focus.FirstOrDefault(focus => focus.MaskKind == MaskKind.Mask);

    private static string BesideChance(BesideChance? figure) => figure?.Value is { } value ? $"{value:P0} ({figure.Chance:P0})" : "–";

    private static string Share(DifferenceFigure? figure) => figure?.Value is { } value ? $"{value:P0} [{figure.Low:P0} … {figure.High:P0}]" : "–";

    private static string Mean(MeanFigure? figure) => figure?.Value is { } value ? $"{value:0.00} [{figure.Low:0.00} … {figure.High:0.00}]" : "–";
}
