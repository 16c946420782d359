using System.Globalization;
using BatchXai.Cli.Planted;
using BatchXai.Statistics.Ranks;

namespace BatchXai.Cli.Selftest;

/// <summary>Every bar of the benchmark, from the results of its models.</summary>
internal static class Bars
{
    private const double CleanAccuracy = .95;
    private static readonly PlantedCue[] Visible = [PlantedCue.Texture, PlantedCue.Hue, PlantedCue.Frame];

    /// <summary>The bars, in the order of the benchmark.</summary>
    public static IReadOnlyList<Bar> Of(IReadOnlyList<ZooModelResult> results)
    {
        var trained = results.Where(result => result.Model.Kind == ZooModelKind.Trained).ToList();
        var clean = trained.Where(result => result.ReliesOn == ReliesOn.Object).ToList();
        var shortcuts = trained.Where(result => result.ReliesOn == ReliesOn.Shortcut).ToList();
        var visible = shortcuts.Where(result => Visible.Contains(result.Model.Planting.Cue)).ToList();
        return
        [
            Validity([.. trained.Where(result => result.Model.IsCleanByDesign)]),
            DetectionBar("detection by attribution, texture, hue and frame", visible, clean, .95, .90),
            DetectionBar("… ρ = .95 and 1", Strength(visible, rho => rho >= .95), clean, .99),
            DetectionBar("… ρ = .9", Strength(visible, rho => rho == .9), clean, .97),
            DetectionBar("… ρ = .8", Strength(visible, rho => rho == .8), clean, .90),
            DetectionBar("… ρ = .6 and .7", Strength(visible, rho => rho is .6 or .7), clean, null),
            DetectionBar("detection by attribution, tag", Planted(shortcuts, PlantedCue.Tag), clean, .90),
            DetectionBar("detection by attribution, blur: not expected", Planted(shortcuts, PlantedCue.Blur), clean, null),
            DetectionBar("detection by attribution, object colour: not expected", Planted(shortcuts, PlantedCue.ObjectColour), clean, null),
            DetectionBar("detection by causal tests (net flip rate), texture, hue, frame and tag", [.. visible, .. Planted(shortcuts, PlantedCue.Tag)], clean, .99, score: CausalScores.NetFlipRate),
            DetectionBar("detection by causal tests (BG-gap on validation images), texture, hue, frame and tag", [.. visible, .. Planted(shortcuts, PlantedCue.Tag)], clean, .99, score: CausalScores.BackgroundGapOfValidation),
            DetectionBar("detection by causal tests (net flip rate), blur", Planted(shortcuts, PlantedCue.Blur), clean, .95, score: CausalScores.NetFlipRate),
            Rank("rank correlation of focus κ with measured reliance, texture", Texture(trained), result => result.Made.Reliance.Value, .90),
            Rank("rank correlation of focus κ with ρ, texture", Texture(trained), result => result.Model.Planting.Correlation, .85),
            Rank("rank correlation of net flip rate with measured reliance, texture", Texture(trained), result => result.Made.Reliance.Value, .90, CausalScores.NetFlipRate),
            Rank("rank correlation of the BG-gap on validation images with measured reliance, texture", Texture(trained), result => result.Made.Reliance.Value, .90, CausalScores.BackgroundGapOfValidation),
            Blob("central blob as heatmap, objects anywhere", centred: false),
            Blob("central blob as heatmap, objects in the centre", centred: true),
            SizeShift("focus κ of clean models, objects of half the area", clean, DetectionScores.Focus),
            SizeShift("raw background attention of clean models, objects of half the area", clean, DetectionScores.BackgroundAttention),
            .. VerdictBars.Of(results),
        ];
    }

    /// <summary>Detection by every score that the reports give, texture, hue and frame; also where ours loses.</summary>
    public static IReadOnlyList<(string Score, Detection Detection)> Ablation(IReadOnlyList<ZooModelResult> results)
    {
        var trained = results.Where(result => result.Model.Kind == ZooModelKind.Trained).ToList();
        var shortcuts = trained.Where(result => result.ReliesOn == ReliesOn.Shortcut && Visible.Contains(result.Model.Planting.Cue)).ToList();
        var clean = trained.Where(result => result.ReliesOn == ReliesOn.Object).ToList();
        return [.. results.SelectMany(result => result.Audit.Values.Keys).Distinct().Select(score => (score, Detection.Of(shortcuts, clean, score)))];
    }

    private static Bar Validity(List<ZooModelResult> clean) => clean.Count == 0
        ? new("balanced accuracy of clean models", "every one ≥ .95", "no model", null)
        : new("balanced accuracy of clean models", "every one ≥ .95", Text($"{clean.Min(r => r.Made.BalancedAccuracy):0.000} … {clean.Max(r => r.Made.BalancedAccuracy):0.000}, {clean.Count(r => r.Made.BalancedAccuracy >= CleanAccuracy)} of {clean.Count} reach it, {clean.Count(r => r.ReliesOn == ReliesOn.Object)} verified as clean"), clean.All(r => r.Made.BalancedAccuracy >= CleanAccuracy));

    private static Bar DetectionBar(string name, IReadOnlyList<ZooModelResult> shortcuts, IReadOnlyList<ZooModelResult> clean, double? area, double? low = null, string score = DetectionScores.Focus)
    {
        var detection = Detection.Of(shortcuts, clean, score);
        var required = area is null ? null : low is null ? Text($"AUC ≥ {area:.00}") : Text($"AUC ≥ {area:.00}, lower bound ≥ {low:.00}");
        var isJudged = area is not null && detection.Area is not null;
        return new(name, required, detection.Text, isJudged ? detection.Area >= area && (low is null || detection.Interval?.Low >= low) : null);
    }

    private static Bar Rank(string name, IReadOnlyList<ZooModelResult> models, Func<ZooModelResult, double> truth, double required, string score = DetectionScores.Focus)
    {
        models = [.. models.Where(model => model.Audit.Values.GetValueOrDefault(score) is not null)];
        var rho = Spearman.Of([.. models.Select(model => (float)model.Audit.Values[score]!.Value)], [.. models.Select(model => (float)truth(model))]);
        var interval = rho is { } value ? Spearman.Interval(value, models.Count) : null;
        return new(name, Text($"≥ {required:.00}"), rho is null ? "no figure" : Text($"{rho:0.000} [{interval?.Low:0.000} … {interval?.High:0.000}], {models.Count} models"), rho is null ? null : rho >= required);
    }

    private static Bar Blob(string name, bool centred)
    {
        var sizes = CentralBlobControl.Measure(centred);
        return new(
            name, "mean κ within ±.03 for each object size",
            $"κ {string.Join(", ", sizes.Select(size => Text($"{size.Focus:0.000}")))} (share on the object {string.Join(", ", sizes.Select(size => Text($"{size.Energy:0.00}")))})",
            sizes.All(size => Math.Abs(size.Focus) <= .03));
    }

    private static Bar SizeShift(string name, IReadOnlyList<ZooModelResult> clean, string score)
    {
        var models = clean.Where(model => model.SmallObjects?.Values[score] is not null && model.Audit.Values[score] is not null).ToList();
        var sign = score == DetectionScores.Focus ? -1 : 1;
        return new(name, null, models.Count == 0 ? "no model" : Text($"{sign * models.Average(m => m.Audit.Values[score]):0.000} becomes {sign * models.Average(m => m.SmallObjects!.Values[score]):0.000}, {models.Count} models"), null);
    }

    private static List<ZooModelResult> Strength(IEnumerable<ZooModelResult> models, Func<double, bool> rho) => [.. models.Where(model => rho(model.Model.Planting.Correlation))];

    private static List<ZooModelResult> Planted(IEnumerable<ZooModelResult> models, PlantedCue cue) => [.. models.Where(model => model.Model.Planting.Cue == cue)];

    private static List<ZooModelResult> Texture(IEnumerable<ZooModelResult> models) =>
        [.. models.Where(model => model.Model.Planting is { Cue: PlantedCue.Texture, Classes: null })];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
