namespace BatchXai.Statistics.Verdicts;

/// <summary>What causal tests allow to be said about the use of the background.</summary>
public enum CausalLevel
{
    /// <summary>Not run, on too few items, or with intervals too wide.</summary>
    Unclear,

    /// <summary>Every interval of both fill styles lies below the limits of FAIL: a use of the background beyond them is excluded.</summary>
    Absent,

    /// <summary>An interval lies above the limit of WARN or FAIL.</summary>
    Present,
}

/// <summary>The causal tests held against the limits.</summary>
/// <param name="Level">Whether the background is used.</param>
/// <param name="TellsNoClass">Every interval of the BG-gap and of the accuracy without the object lies below its limit: backgrounds do not tell the class, whatever flips.</param>
/// <param name="Reasons">Each limit that was crossed.</param>
/// <param name="Limits">What weakens the tests.</param>
internal sealed record CausalFindings(CausalLevel Level, bool TellsNoClass, IReadOnlyList<VerdictReason> Reasons, IReadOnlyList<VerdictLimit> Limits)
{
    /// <param name="evidence">The causal tests.</param>
    /// <param name="newImageErrors">Where the accuracy gap is large, the share of new images that the model gets wrong; flips alone up to this share tell nothing. Null elsewhere.</param>
    /// <param name="thresholds">The limits.</param>
    public static CausalFindings Of(CausalEvidence evidence, double? newImageErrors, VerdictThresholds thresholds)
    {
        if (evidence.Mode == CausalMode.Off)
        {
            return new CausalFindings(CausalLevel.Unclear, false, [], [VerdictLimit.CausalOff]);
        }

        Measure[] measures =
        [
            new(ReasonCode.BackgroundGap, thresholds.BackgroundGap, Figures(evidence, fill => fill.BackgroundGap, thresholds)),
            new(ReasonCode.NetFlipRate, thresholds.NetFlipRate, Figures(evidence, fill => fill.NetFlipRate, thresholds)),
            new(ReasonCode.NoObjectAccuracy, thresholds.NoObjectExcess, Figures(evidence, fill => fill.NoObjectExcess, thresholds)),
        ];
        var reasons = measures.Select(measure => measure.Reason(thresholds.WarnShare)).OfType<VerdictReason>().ToList();
        var disturbed = evidence.Fills.Any(fill => fill.PlaceboFlipRate?.Low > thresholds.PlaceboFlips);

        // Another background makes a new image of an item, and new images are what a model fails on that has learnt its training images by heart.
        var byHeart = reasons is [var only] && (only.Of ?? only.Code) == ReasonCode.NetFlipRate && only.Fills.Min(fill => fill.Figure.Low) <= newImageErrors;
        if (byHeart)
        {
            reasons = [reasons[0] with { Code = ReasonCode.LearntByHeart, State = VerdictState.Warn, Value = newImageErrors, Limit = null, Of = null }];
        }

        // The gap and the flips must both be known to exclude anything; unlabelled items have no gap.
        var excluded = measures.Where(measure => measure.Excluded || (measure.Figures.Count == 0 && measure.Code == ReasonCode.NoObjectAccuracy)).Select(measure => measure.Code).ToList();
        var level = reasons.Count > 0 && !byHeart ? CausalLevel.Present : excluded.Count == measures.Length && !disturbed ? CausalLevel.Absent : CausalLevel.Unclear;
        var tellsNoClass = excluded.Contains(ReasonCode.BackgroundGap) && excluded.Contains(ReasonCode.NoObjectAccuracy);

        var limits = new List<VerdictLimit>();
        AddIf(limits, evidence.Mode == CausalMode.Sampled, VerdictLimit.CausalSampled);
        AddIf(limits, measures.All(measure => measure.Figures.Count == 0), VerdictLimit.CausalTooFew);
        AddIf(limits, measures.Any(measure => measure.Figures.Count > 0) && measures.Any(measure => measure.Figures.Count == 0 && measure.Code == ReasonCode.NetFlipRate), VerdictLimit.FlipsTooFew);
        AddIf(limits, measures.Any(measure => measure.Figures.Count == 1), VerdictLimit.OneFill);
        AddIf(limits, disturbed, VerdictLimit.PlaceboFlips);
        AddIf(limits, level != CausalLevel.Present && measures.Any(measure => measure.Imprecise), VerdictLimit.CausalImprecise);
        return new CausalFindings(level, tellsNoClass, reasons, limits);
    }

    private static void AddIf(List<VerdictLimit> limits, bool condition, VerdictLimit limit)
    {
        if (condition)
        {
            limits.Add(limit);
        }
    }

    private static List<FillFigure> Figures(CausalEvidence evidence, Func<FillEvidence, Estimate?> figure, VerdictThresholds thresholds) =>
        [.. evidence.Fills.Where(fill => figure(fill)?.N >= thresholds.MinimumUnits).Select(fill => new FillFigure(fill.Fill, figure(fill)!.Value))];

    private sealed record Measure(ReasonCode Code, double Limit, List<FillFigure> Figures)
    {
        /// <summary>Two fill styles say that it is not above the limit.</summary>
        public bool Excluded => Figures.Count >= 2 && Figures.TrueForAll(fill => fill.Figure.High <= Limit);

        /// <summary>It may be above the limit for all that is known.</summary>
        public bool Imprecise => Figures.Exists(fill => fill.Figure.High > Limit);

        public VerdictReason? Reason(double warnShare)
        {
            if (Figures.Count == 0)
            {
                return null;
            }

            var (lowest, highest) = (Figures.Min(fill => fill.Figure.Low), Figures.Max(fill => fill.Figure.Low));
            return lowest > Limit && Figures.Count >= 2 ? Crossed(Code, VerdictState.Fail, Limit)
                : lowest > Limit * warnShare ? Crossed(Code, VerdictState.Warn, Limit * warnShare)
                : highest > Limit ? Crossed(ReasonCode.FillsDisagree, VerdictState.Warn, Limit) with { Of = Code }
                : null;
        }

        private VerdictReason Crossed(ReasonCode code, VerdictState state, double limit) => new(code, state) { Limit = limit, Fills = Figures };
    }
}
