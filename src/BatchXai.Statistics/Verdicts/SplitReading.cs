namespace BatchXai.Statistics.Verdicts;

/// <summary>
/// Reads train against validation. A shortcut and memorisation are different bugs: a shortcut has a small accuracy gap, low κ in both splits and a high
/// BG-gap; memorisation has a large accuracy gap and κ that drops from train to validation.
/// </summary>
/// <param name="Finding">What both say together.</param>
/// <param name="Shortcut">Whether the background is used, whatever the accuracy gap.</param>
/// <param name="Memorisation">Whether training items are memorised, whatever the background.</param>
/// <param name="LargeAccuracyGap">Whether the accuracy gap is above its limit.</param>
/// <param name="FocusDrops">Whether κ is lower on validation items.</param>
/// <param name="Causal">What the causal tests say.</param>
public sealed record SplitReading(
    SplitFinding Finding, Answer Shortcut, Answer Memorisation, Answer LargeAccuracyGap, Answer FocusDrops, CausalLevel Causal)
{
    /// <summary>Where the accuracy gap is large, the upper bound of the share of validation items that are predicted wrong; null elsewhere.</summary>
    public double? NewImageErrors { get; init; }

    /// <summary>Reads the evidence.</summary>
    public static SplitReading Of(SplitEvidence evidence, VerdictThresholds thresholds)
    {
        var large = Above(evidence.AccuracyGap, thresholds.AccuracyGap, thresholds);
        double? errors = large == Answer.Yes && evidence.Accuracy is { } accuracy ? 1 - accuracy.Low : null;
        var found = CausalFindings.Of(evidence.Causal, errors, thresholds);

        // Where new images are often wrong, flips decide nothing: what tells the class does.
        var causal = errors is not null && found.Level == CausalLevel.Unclear && found.TellsNoClass ? CausalLevel.Absent : found.Level;

        // Any proven drop counts; that there is none is said when no drop that matters is left.
        var drops = Above(evidence.FocusDrop, 0, thresholds) == Answer.Yes ? Answer.Yes
            : Above(evidence.FocusDrop, -thresholds.FocusDifference, thresholds);
        var high = Above(evidence.Focus, thresholds.HighFocus, thresholds) == Answer.Yes;
        var low = Above(evidence.Focus, thresholds.LowFocus, thresholds) == Answer.No;
        var shortcut = causal switch
        {
            CausalLevel.Present => high ? Answer.Unclear : Answer.Yes,
            CausalLevel.Absent => Answer.No,
            _ => high ? Answer.No : Answer.Unclear,
        };

        // κ that is low on training items already cannot drop, as with a shortcut or where single backgrounds were learnt: the accuracy gap then speaks alone.
        var floor = Above(evidence.TrainingFocus, thresholds.LowFocus, thresholds) == Answer.No;
        var memorisation = large switch
        {
            Answer.Yes => drops == Answer.Yes || shortcut == Answer.Yes || floor ? Answer.Yes : drops,
            _ => large,
        };
        var finding = causal == CausalLevel.Present && high ? SplitFinding.Artefact
            : causal == CausalLevel.Absent && low && large == Answer.No ? SplitFinding.MethodOrMasks
            : (shortcut, large, memorisation) switch
            {
                (Answer.Yes, Answer.Yes, _) => SplitFinding.Both,
                (Answer.Yes, Answer.No, _) => SplitFinding.Shortcut,
                (Answer.No, Answer.Yes, Answer.Yes) => SplitFinding.Memorisation,
                (Answer.No, Answer.Yes, Answer.No) => SplitFinding.AccuracyGapOnly,
                (Answer.No, Answer.No, _) => SplitFinding.NoEvidence,
                _ => SplitFinding.Unclear,
            };
        return new SplitReading(finding, shortcut, memorisation, large, drops, causal) { NewImageErrors = errors };
    }

    private static Answer Above(Estimate? figure, double limit, VerdictThresholds thresholds) =>
        figure is not { } known || known.N < thresholds.MinimumUnits ? Answer.Unclear
        : known.Low > limit ? Answer.Yes
        : known.High <= limit ? Answer.No
        : Answer.Unclear;
}
