using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using BatchXai.Statistics.Verdicts;
using State = BatchXai.Contracts.Reports.VerdictState;

namespace BatchXai.Coordinator.Aggregate.Verdicts;

/// <summary>A verdict in plain words.</summary>
internal static class VerdictWords
{
    /// <param name="verdict">Codes and figures.</param>
    /// <param name="causal">Which items took part in the causal tests.</param>
    /// <param name="name">The class; null: the whole audit.</param>
    public static VerdictFigures Of(Verdict verdict, CausalChoice causal, string? name)
    {
        var ordered = verdict.Reasons.OrderByDescending(reason => reason.State == Statistics.Verdicts.VerdictState.Insufficient).ThenByDescending(reason => reason.State).ToList();
        return new()
        {
            State = Told(verdict.State),
            Sentence = Sentence(verdict, name),
            Reasons = [.. ordered.Select(reason => new VerdictReasonFigures(JsonNamingPolicy.CamelCase.ConvertName(reason.Code.ToString()), Told(reason.State), ReasonWords.Of(reason), reason.Limit))],
            Limits = [.. verdict.Limits.Distinct().Select(Limit)],
            NextSteps = [.. NextSteps(verdict).Distinct()],
            Causal = causal,
        };
    }

    private static State Told(Statistics.Verdicts.VerdictState state) => state switch
    {
        Statistics.Verdicts.VerdictState.Pass => State.Pass,
        Statistics.Verdicts.VerdictState.Warn => State.Warn,
        Statistics.Verdicts.VerdictState.Fail => State.Fail,
        _ => State.Insufficient,
    };

    private static string Sentence(Verdict verdict, string? name)
    {
        var model = name is null ? "The model" : $"For the class ‘{name}’ the model";
        return verdict.State switch
        {
            Statistics.Verdicts.VerdictState.Pass when verdict.CausalLevel == CausalLevel.Absent && verdict.Limits.Any(limit => limit is VerdictLimit.FocusUndecided or VerdictLimit.FocusBelowNotConfirmed or VerdictLimit.LocationConfounded) =>
                $"{model} gives answers that hold on other backgrounds; heatmaps do not show that it looks at the object.",
            Statistics.Verdicts.VerdictState.Pass when verdict.CausalLevel == CausalLevel.Absent => $"{model} looks at the object, and its answers hold on other backgrounds.",
            Statistics.Verdicts.VerdictState.Pass => $"{model} shows no sign of using the background.",
            Statistics.Verdicts.VerdictState.Fail => $"{model} uses the background: other backgrounds change its answers.",
            Statistics.Verdicts.VerdictState.Warn when verdict.IsByHeart => $"{model} has learnt training images by heart; nothing shows that backgrounds tell it the class.",
            Statistics.Verdicts.VerdictState.Warn => $"{model} shows signs of using the background.",
            _ => name is null ? "There is too little evidence to judge this model." : $"There is too little evidence to judge the class ‘{name}’.",
        };
    }

    private static string Limit(VerdictLimit limit) => limit switch
    {
        VerdictLimit.OnObjectCues => "A cue on the object itself, such as its colour or a logo on it, is not detectable by attribution, and other backgrounds leave it as it is.",
        VerdictLimit.GlobalCues => "A cue without a place, such as blur, a colour cast or compression, is not detectable by attribution.",
        VerdictLimit.CausalOff => "No background was changed: maps alone can warn, never prove.",
        VerdictLimit.CausalSampled => "Backgrounds were changed for a sample of the items.",
        VerdictLimit.CausalTooFew => "Backgrounds could be changed for too few items to count.",
        VerdictLimit.FlipsTooFew => "Too few items were answered right for changed answers to count.",
        VerdictLimit.CausalImprecise => "An interval of the causal tests reaches beyond a limit: a use of the background of that size is not excluded.",
        VerdictLimit.OneFill => "A causal figure is known with one way of filling only; a FAIL needs two that agree.",
        VerdictLimit.PlaceboFlips => "Pasting an object back where it was already changes many answers: pasted images are strange to this model.",
        VerdictLimit.MapsDisagree => "Maps lie on the object while other backgrounds change the answers: one of the two misleads. Look at the placebo, and at another method.",
        VerdictLimit.LocationConfounded => "Objects lie where almost any map would, so κ says nothing here; the causal tests decided alone.",
        VerdictLimit.FocusUndecided => "Where attention falls cannot be told from chance; the causal tests decided alone.",
        VerdictLimit.FlagNotConfirmed => "Its κ is lower than that of the other classes, but other backgrounds do not change its answers: a shape that maps cover badly looks like this.",
        VerdictLimit.FocusBelowNotConfirmed => "Attention falls on the object less than by chance, but other backgrounds do not change the answers: a shape that maps cover badly looks like this.",
        VerdictLimit.SanityNotRun => "Whether the heatmaps depend on the model’s weights was not tested; what other backgrounds changed does not depend on heatmaps.",
        VerdictLimit.AccuracyAtChance => "On these images the model is no better than guessing; it was judged because it is sure of its answers.",
        VerdictLimit.AccuracyGap => "Accuracy is much lower on images that the model has not seen; see training against validation.",
        VerdictLimit.ClassesNotJudged => "Some classes have too little evidence to be judged.",
        _ => limit.ToString(),
    };

    private static string MoreTests(Verdict verdict) => verdict.Causal == CausalMode.Full
        ? "Add images with masks or boxes, so that the causal tests’ intervals get narrower"
        : "Switch the causal tests on, or to full";

    private static IEnumerable<string> NextSteps(Verdict verdict)
    {
        foreach (var reason in verdict.Reasons)
        {
            yield return reason.Code switch
            {
                ReasonCode.TooFewUnits => "Add images with masks or boxes: 50 of a class let it be judged.",
                ReasonCode.FewUsableMaps => "See under ‘What became of every item’ why heatmaps are not usable; another method may give more.",
                ReasonCode.SanityFailed => "Try another method: these heatmaps do not depend on what the model has learnt.",
                ReasonCode.SanityNotRun => $"{MoreTests(verdict)}: they judge without heatmaps.",
                ReasonCode.AccuracyAtChance => "Check preprocessing and class map first: the model is no better than guessing on these images.",
                ReasonCode.LocationConfounded or ReasonCode.FocusUndecided => $"{MoreTests(verdict)}, and add images whose objects lie elsewhere.",
                ReasonCode.NoSign => verdict.CausalLevel == CausalLevel.Absent ? "Keep this audit as a gate for the next version of the model." : $"{MoreTests(verdict)}, before you rely on it.",
                ReasonCode.LearntByHeart => "See training against validation: more training images or a smaller model, before backgrounds.",
                ReasonCode.FillsDisagree => "Compare the two fills under ‘Predictions on other backgrounds’ and in causal.parquet: they tell different stories.",
                ReasonCode.ClassFlagged or ReasonCode.FocusBelowChance => "Look at the pictures of the class, and at its causal tests.",
                ReasonCode.ClassesWarned or ReasonCode.ClassesFailed => "Start with the classes at the top of the decision table.",
                _ => "Collect images of the object on other backgrounds, or train with swapped backgrounds, then audit again.",
            };
        }
    }
}
