using BatchXai.Coordinator.Report;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Coordinator.Aggregate.Verdicts;

/// <summary>A reason with its figures, in one sentence.</summary>
internal static class ReasonWords
{
    public static string Of(VerdictReason reason) => reason.Code switch
    {
        ReasonCode.NoSign => reason.Figure is { } focus ? $"No limit was crossed; κ is {Range(focus, Wording.Number)}." : "No limit was crossed.",
        ReasonCode.TooFewUnits => $"{Wording.Count((long)(reason.Value ?? 0))} independent usable heatmaps with an object mark; a verdict needs {Wording.Count((long)(reason.Limit ?? 0))}.",
        ReasonCode.FewUsableMaps => $"{Wording.Percent(reason.Value)} of the heatmaps are usable; a verdict needs {Wording.Percent(reason.Limit)}.",
        ReasonCode.SanityFailed => "The heatmaps failed the sanity check: they stay alike when the model’s weights are thrown away.",
        ReasonCode.SanityNotRun => "No sign was found, but whether the heatmaps depend on the model’s weights was not tested, and the causal tests do not decide.",
        ReasonCode.AccuracyAtChance => $"Accuracy is {Range(reason.Figure, Wording.Percent)}; guessing gives {Wording.Percent(reason.Limit)}.",
        ReasonCode.LocationConfounded => $"Mean E₀ is {Wording.Percent(reason.Value)}: objects lie where almost any map would, and the causal tests do not decide.",
        ReasonCode.FocusUndecided => $"κ is {Range(reason.Figure, Wording.Number)}, which cannot be told from chance, and the causal tests do not decide.",
        ReasonCode.BackgroundGap => $"Accuracy falls on backgrounds of other classes: BG-gap {Fills(reason)}. The limit is {Wording.Percent(reason.Limit)}.",
        ReasonCode.NetFlipRate => $"Other backgrounds change answers: net flips {Fills(reason)}. The limit is {Wording.Percent(reason.Limit)}.",
        ReasonCode.NoObjectAccuracy => $"The class is found without its object: accuracy above chance {Fills(reason)}. The limit is {Wording.Percent(reason.Limit)}.",
        ReasonCode.LearntByHeart => $"Other backgrounds change answers, net flips {Fills(reason)}; but up to {Wording.Percent(reason.Value)} of new images are wrong anyway, and nothing shows that backgrounds tell the class: training images were learnt by heart.",
        ReasonCode.FillsDisagree => $"The two ways of filling disagree on {Measure(reason.Of)}: {Fills(reason)}.",
        ReasonCode.FocusBelowChance => $"Attention falls on the object less than by chance: κ is {Range(reason.Figure, Wording.Number)}.",
        ReasonCode.ClassFlagged => $"Its κ lies {Wording.Number(-reason.Value)} below that of the other classes.",
        ReasonCode.ClassesWarned => $"{Classes(reason)} at WARN.",
        ReasonCode.ClassesFailed => $"{Classes(reason)} at FAIL.",
        _ => reason.Code.ToString(),
    };

    private static string Classes(VerdictReason reason) => reason.Value == 1 ? "1 class is" : $"{Wording.Count((long)(reason.Value ?? 0))} classes are";

    private static string Measure(ReasonCode? code) => code switch
    {
        ReasonCode.BackgroundGap => "the BG-gap",
        ReasonCode.NetFlipRate => "the net flips",
        _ => "the accuracy without an object",
    };

    private static string Fills(VerdictReason reason) => string.Join(", ", reason.Fills.Select(fill => $"{Range(fill.Figure, Wording.Points)} by {fill.Fill.ToLowerInvariant()}"));

    private static string Range(Estimate? estimate, Func<double?, string> write) => estimate is not { } figure ? "unknown"
        : double.IsFinite(figure.Low) ? $"{write(figure.Value)} ({write(figure.Low)} to {write(figure.High)})"
        : write(figure.Value);
}
