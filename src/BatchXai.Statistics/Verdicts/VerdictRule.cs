namespace BatchXai.Statistics.Verdicts;

/// <summary>
/// PASS, WARN, FAIL or INSUFFICIENT, on interval bounds. FAIL needs causal tests on which two fill styles agree; attribution alone may WARN.
/// INSUFFICIENT: too few units, too few usable maps, sanity failed, accuracy at chance of a model that is not sure, or maps that say nothing while causal tests do not decide.
/// Stronger evidence for the background never makes a verdict milder.
/// </summary>
public static class VerdictRule
{
    /// <summary>The verdict on one class, or on a dataset without regard to its classes.</summary>
    public static Verdict Judge(VerdictEvidence evidence, VerdictThresholds thresholds) => Judge(evidence, [], thresholds);

    /// <summary>The verdict on the whole audit: its own evidence, and at least as severe as that of its worst class that could be judged.</summary>
    /// <param name="evidence">Evidence over all items.</param>
    /// <param name="classes">The verdicts on the classes.</param>
    /// <param name="thresholds">The limits.</param>
    public static Verdict Judge(VerdictEvidence evidence, IReadOnlyList<Verdict> classes, VerdictThresholds thresholds)
    {
        var causal = CausalFindings.Of(evidence.Causal, evidence.NewImageErrors, thresholds);
        var barriers = Barriers(evidence, thresholds).ToList();
        var limits = new List<VerdictLimit> { VerdictLimit.OnObjectCues, VerdictLimit.GlobalCues };
        limits.AddRange(causal.Limits);
        if (evidence.NewImageErrors is not null)
        {
            limits.Add(VerdictLimit.AccuracyGap);
        }

        var reasons = barriers.Concat(causal.Reasons).Concat(OfMaps(evidence, causal, thresholds, limits)).Concat(OfClasses(classes)).ToList();
        if (classes.Any(verdict => verdict.State == VerdictState.Insufficient))
        {
            limits.Add(VerdictLimit.ClassesNotJudged);
        }

        limits.AddRange(OfChecks(evidence.Checks, thresholds));
        var state = barriers.Count > 0 ? VerdictState.Insufficient : reasons.Select(reason => reason.State).DefaultIfEmpty(VerdictState.Pass).Max();
        if (reasons.Count == 0)
        {
            var missing = MissingForPass(evidence.Checks, causal);
            (state, var only) = missing is null ? (state, new VerdictReason(ReasonCode.NoSign, VerdictState.Pass) { Figure = evidence.Focus }) : (VerdictState.Insufficient, missing);
            reasons.Add(only);
        }

        var told = classes.Where(verdict => verdict.State != VerdictState.Insufficient).SelectMany(verdict => verdict.Reasons).Concat(reasons).Select(reason => reason.Code).ToList();
        return new Verdict
        {
            State = state,
            Reasons = reasons,
            Limits = limits,
            Causal = evidence.Causal.Mode,
            CausalLevel = causal.Level,
            IsByHeart = told.Contains(ReasonCode.LearntByHeart) && !told.Exists(IsBackground),
        };
    }

    // What makes any other finding void.
    private static IEnumerable<VerdictReason> Barriers(VerdictEvidence evidence, VerdictThresholds thresholds)
    {
        var units = evidence.Focus?.N ?? 0;
        if (units < thresholds.MinimumUnits)
        {
            yield return Insufficient(ReasonCode.TooFewUnits) with { Value = units, Limit = thresholds.MinimumUnits };
        }

        // A share of all maps, not a sample of them: it has no interval.
        var usable = evidence.Maps == 0 ? 0 : (double)evidence.UsableMaps / evidence.Maps;
        if (evidence.Maps > 0 && usable < thresholds.UsableMaps)
        {
            yield return Insufficient(ReasonCode.FewUsableMaps) with { Value = usable, Limit = thresholds.UsableMaps };
        }

        if (evidence.Checks.SanityPassed is false)
        {
            yield return Insufficient(ReasonCode.SanityFailed);
        }

        if (AtChance(evidence.Checks) is { } atChance && !IsSure(evidence.Checks, thresholds))
        {
            yield return atChance;
        }
    }

    private static IEnumerable<VerdictLimit> OfChecks(AuditChecks checks, VerdictThresholds thresholds)
    {
        if (checks.SanityPassed is null)
        {
            yield return VerdictLimit.SanityNotRun;
        }

        if (AtChance(checks) is not null && IsSure(checks, thresholds))
        {
            yield return VerdictLimit.AccuracyAtChance;
        }
    }

    // Signs may be told without these; that there is none may not.
    private static VerdictReason? MissingForPass(AuditChecks checks, CausalFindings causal) =>
        AtChance(checks) ?? (checks.SanityPassed is null && causal.Level != CausalLevel.Absent ? Insufficient(ReasonCode.SanityNotRun) : null);

    private static VerdictReason? AtChance(AuditChecks checks) => checks.Accuracy is { } accuracy && accuracy.Low <= checks.ChanceAccuracy
        ? Insufficient(ReasonCode.AccuracyAtChance) with { Figure = accuracy, Limit = checks.ChanceAccuracy }
        : null;

    private static bool IsSure(AuditChecks checks, VerdictThresholds thresholds) => checks.Confidence >= thresholds.Confident;

    private static IEnumerable<VerdictReason> OfMaps(
        VerdictEvidence evidence, CausalFindings causal, VerdictThresholds thresholds, List<VerdictLimit> limits)
    {
        if (evidence.ChanceEnergy > thresholds.LocationConfounded)
        {
            // κ says nothing, neither good nor bad.
            if (causal.Level == CausalLevel.Unclear)
            {
                return [Insufficient(ReasonCode.LocationConfounded) with { Value = evidence.ChanceEnergy, Limit = thresholds.LocationConfounded }];
            }

            limits.Add(VerdictLimit.LocationConfounded);
            return [];
        }

        var reasons = new List<VerdictReason>();
        if (evidence.Flag is { Flagged: true } && causal.Level == CausalLevel.Absent)
        {
            limits.Add(VerdictLimit.FlagNotConfirmed);
        }
        else if (evidence.Flag is { Flagged: true } flag)
        {
            reasons.Add(new VerdictReason(ReasonCode.ClassFlagged, VerdictState.Warn) { Value = flag.FocusDifference });
        }

        if (evidence.Focus is not { } focus)
        {
            return reasons;
        }

        if (focus.High < thresholds.FocusFloor && causal.Level == CausalLevel.Absent)
        {
            limits.Add(VerdictLimit.FocusBelowNotConfirmed);
        }
        else if (focus.High < thresholds.FocusFloor)
        {
            reasons.Add(new VerdictReason(ReasonCode.FocusBelowChance, VerdictState.Warn) { Figure = focus, Limit = thresholds.FocusFloor });
        }
        else if (focus.Low <= thresholds.FocusFloor && causal.Level == CausalLevel.Unclear)
        {
            reasons.Add(Insufficient(ReasonCode.FocusUndecided) with { Figure = focus, Limit = thresholds.FocusFloor });
        }
        else if (focus.Low <= thresholds.FocusFloor)
        {
            limits.Add(VerdictLimit.FocusUndecided);
        }
        else if (focus.Low > thresholds.HighFocus && causal.Level == CausalLevel.Present)
        {
            limits.Add(VerdictLimit.MapsDisagree);
        }

        return reasons;
    }

    private static IEnumerable<VerdictReason> OfClasses(IReadOnlyList<Verdict> classes)
    {
        (VerdictState State, ReasonCode Code)[] severe =
            [(VerdictState.Fail, ReasonCode.ClassesFailed), (VerdictState.Warn, ReasonCode.ClassesWarned)];
        return severe
            .Select(kind => new VerdictReason(kind.Code, kind.State) { Value = classes.Count(verdict => verdict.State == kind.State) })
            .Where(reason => reason.Value > 0);
    }

    private static bool IsBackground(ReasonCode code) => code is ReasonCode.BackgroundGap or ReasonCode.NetFlipRate or ReasonCode.NoObjectAccuracy or ReasonCode.FillsDisagree;

    private static VerdictReason Insufficient(ReasonCode code) => new(code, VerdictState.Insufficient);
}
