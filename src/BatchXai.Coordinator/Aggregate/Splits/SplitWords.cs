using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using BatchXai.Statistics.Verdicts;
using Answer = BatchXai.Statistics.Verdicts.Answer;
using Finding = BatchXai.Statistics.Verdicts.SplitFinding;

namespace BatchXai.Coordinator.Aggregate.Splits;

/// <summary>What training and validation say together, in plain words.</summary>
internal static class SplitWords
{
    public static SplitReadingFigures Of(
        SplitReading reading, SplitEvidence evidence, SplitRoles roles, Proportion training, Proportion validation, IReadOnlyList<CausalFigures> causal) => new()
    {
        Training = roles.Training,
        Validation = roles.Validation,
        Finding = Enum.Parse<Contracts.Reports.SplitFinding>(reading.Finding.ToString()),
        Sentence = Sentence(reading),
        Shortcut = new(Told(reading.Shortcut), $"{Background(causal)} {Maps(evidence.Focus)}"),
        Memorisation = new(Told(reading.Memorisation), $"{Accuracy(evidence.AccuracyGap, roles, training, validation)} {Drop(evidence.TrainingFocus, evidence.FocusDrop)}"),
        AccuracyGap = SupportRule.Difference(evidence.AccuracyGap),
        FocusDrop = SupportRule.Difference(evidence.FocusDrop),
        Causal = causal,
        NextSteps = [.. NextSteps(reading)],
    };

    private static SplitAnswer Told(Answer answer) => answer switch
    {
        Answer.Yes => SplitAnswer.Yes,
        Answer.No => SplitAnswer.No,
        _ => SplitAnswer.Unclear,
    };

    private static string Sentence(SplitReading reading) => reading.Finding switch
    {
        Finding.NoEvidence => "Neither memorisation nor a shortcut shows: the model does as well on images it has not seen, and its answers hold on other backgrounds.",
        Finding.Memorisation => "Memorisation, no shortcut: the model does much worse on images it has not seen, and backgrounds do not tell it the class.",
        Finding.AccuracyGapOnly => "An accuracy gap, no shortcut: the model does much worse on images it has not seen, looks at the same places on both, and backgrounds do not tell it the class.",
        Finding.Shortcut => "A shortcut, no memorisation: the model does as well on images it has not seen, and uses the background on them.",
        Finding.Both => "Two findings: the model does much worse on images it has not seen, and it uses the background.",
        Finding.MethodOrMasks => "Neither memorisation nor use of the background shows, and yet attention does not fall on the object.",
        Finding.Artefact => "Other backgrounds change answers although attention falls on the object: one of the two misleads.",
        _ => (reading.Shortcut, reading.Memorisation) switch
        {
            (Answer.Yes, _) => "The model uses the background; whether it also memorises, the intervals leave open.",
            (_, Answer.Yes) => "The model has memorised training images; whether it also uses the background, the intervals leave open.",
            (Answer.No, _) => "The background does not tell the class; whether the model memorises, the intervals leave open.",
            (_, Answer.No) => "The model does not memorise; whether it uses the background, the intervals leave open.",
            _ => "Whether the model memorises or uses the background, the intervals leave open.",
        },
    };

    private static string Background(IReadOnlyList<CausalFigures> causal) => causal.Count == 0
        ? "No background was changed on validation items."
        : string.Join(" ", causal.Select(figures =>
            $"{Wording.Fill(figures.Fill)}: BG-gap {Range(figures.BackgroundGap)}, net flips {Range(figures.NetFlipRate)}, right without the object {Wording.Percent(figures.Accuracy[CausalTest.ObjectRemoved].Value)} (chance {Wording.Percent(figures.NoObjectByChance)})."));

    private static string Range(DifferenceFigure figure) => figure.Low is null ? Wording.Points(figure.Value) : $"{Wording.Points(figure.Value)} ({Wording.Points(figure.Low)} to {Wording.Points(figure.High)})";

    private static string Maps(Estimate? focus) => focus is { } kappa
        ? $"κ on validation items is {Number(kappa)}."
        : "Validation items have no κ.";

    private static string Accuracy(Estimate? gap, SplitRoles roles, Proportion training, Proportion validation) => gap is { } known
        ? $"Accuracy is {Wording.Percent(training.Value)} on split {roles.Training} and {Wording.Percent(validation.Value)} on split {roles.Validation}: a gap of {Wording.Points(known.Value)} ({Wording.Points(known.Low)} to {Wording.Points(known.High)})."
        : "Without labels there is no accuracy gap.";

    private static string Drop(Estimate? training, Estimate? drop) => training is { } first && drop is { } known
        ? $"κ on training items is {Number(first)}; on validation items it is lower by {Number(known)}."
        : "κ is not known on both sides.";

    private static string Number(Estimate figure) => $"{Wording.Number(figure.Value)} ({Wording.Number(figure.Low)} to {Wording.Number(figure.High)})";

    private static IEnumerable<string> NextSteps(SplitReading reading)
    {
        var found = reading.Finding;
        if (reading.Memorisation == Answer.Yes || found is Finding.AccuracyGapOnly or Finding.Both)
        {
            yield return "Against memorisation: more training images, augmentation, a smaller model or fewer passes; then audit both splits again.";
        }

        if (reading.Shortcut == Answer.Yes || found == Finding.Artefact)
        {
            yield return "Against a shortcut: training images of the object on other backgrounds. More validation images of the same kind will not show whether it helped; other backgrounds will.";
        }

        if (found == Finding.MethodOrMasks)
        {
            yield return "Look at the masks, try a second method, and look for a cue on the object itself.";
        }

        if (found == Finding.Artefact)
        {
            yield return "Look at the placebo and at the composites, and try a second method.";
        }

        if (found == Finding.Unclear)
        {
            yield return "Add items to the smaller split, and switch the causal tests to full: narrower intervals decide.";
        }

        if (found == Finding.NoEvidence)
        {
            yield return "Keep both splits in the audit of the next version of the model.";
        }
    }
}
