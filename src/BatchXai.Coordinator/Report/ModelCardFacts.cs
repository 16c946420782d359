using System.Globalization;
using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Components;

namespace BatchXai.Coordinator.Report;

/// <summary>What a model card says besides figures: names and values, not escaped.</summary>
internal static class ModelCardFacts
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static IEnumerable<(string Name, string Value)> Model(OverfittingReport report)
    {
        var (model, preprocess) = (report.Model, report.Request.Model.Preprocess);
        yield return ("Model", FileName(model.Path));
        yield return ("SHA-256", model.Hash);
        yield return ("Input", $"{model.Input}, {preprocess.Order.ToString().ToUpperInvariant()}, (pixel · {Number(preprocess.Scale)} − {Numbers(preprocess.Mean)}) / {Numbers(preprocess.Std)}, fit {Word(preprocess.Fit)}");
        yield return ("Classes", Wording.Count(model.Classes));
        yield return ("Target layer", model.Layer is { } layer ? $"{layer.Tensor}, {layer.Channels} channels of {layer.Height}×{layer.Width}" : "none");
    }

    public static IEnumerable<string> Metrics(bool causal) =>
    [
        "Focus κ: how much more attention falls on the object than a map of this shape would put on objects of this size elsewhere in the dataset; 0 by chance, 1 perfect.",
        "Background attention: share of the heatmap’s positive mass outside the object, beside what chance would give.",
        .. causal ? CausalRow.All.Select(row => $"{row.Name}: {row.Meaning}.") : [],
        "Verdict: PASS, WARN, FAIL or INSUFFICIENT by the bounds of 95% intervals. FAIL needs causal tests on which two ways of filling agree; heatmaps alone may WARN.",
    ];

    public static IEnumerable<(string Name, string Value)> Data(OverfittingReport report)
    {
        yield return ("Dataset", FileName(report.Dataset.Path));
        yield return ("SHA-256", report.Dataset.Hash);
        yield return ("Items", $"{Wording.Count(report.Dataset.Items)}: {string.Join(", ", report.Outcomes.Where(pair => pair.Value > 0).Select(pair => $"{Wording.Outcome(pair.Key)} {Wording.Count(pair.Value)}"))}");
        if (report.Unaccounted != 0)
        {
            yield return ("Without a result", Wording.Count(report.Unaccounted));
        }

        yield return ("Splits", string.Join(", ", report.Splits.DistinctBy(row => row.Split).Select(row => $"{row.Split} ({Wording.Count(row.Items)})")));
        yield return ("Accuracy", report.Accuracy.N == 0
            ? "no label maps to an output"
            : $"{Wording.Percent(report.Accuracy.Value)} ({Wording.Percent(report.Accuracy.Low)} to {Wording.Percent(report.Accuracy.High)}) of {Wording.Count(report.Accuracy.N)}");
    }

    public static IEnumerable<(string Name, string Value)> Making(OverfittingReport report)
    {
        yield return ("Audit", $"{report.Name}, {report.AuditId}, {report.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd", Culture)}");
        yield return ("Methods", $"{string.Join(", ", report.Request.Methods.Select(Wording.MethodTitle))}; objective {Word(report.Request.Objective)}, targets {Word(report.Request.Targets)}");
        yield return ("Causal tests", Word(report.Request.Causal));
        yield return ("Sanity checks", report.Sanity is { } sanity ? $"on {Wording.Count(sanity.Items)} items" : "none");
        yield return ("Seeds", string.Join(", ", report.Seeds.Select(seed => $"{seed.Key} {seed.Value.ToString(Culture)}")));
        yield return ("Versions", string.Join(", ", report.Versions.Select(version => $"{version.Key} {version.Value}")));
        yield return ("Device", report.Device);
    }

    // A card is published: where files lie on somebody's machine is nobody's business.
    private static string FileName(string path) => path.TrimEnd('/', '\\').Split('/', '\\')[^1];

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Number(double value) => value.ToString("G6", Culture);

    private static string Numbers(IEnumerable<double> values) => string.Join(" ", values.Select(Number));
}
