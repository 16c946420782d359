using BatchXai.Contracts.Reports;

namespace BatchXai.Cli.Gate;

/// <summary>
/// Judges a report on interval bounds. A limit is violated when the interval lies wholly beyond it, for causal tests with two fills; against a baseline,
/// when the intervals do not overlap and are further apart than the noise band. What an interval leaves open does not fail. An INSUFFICIENT verdict ends as
/// insufficient whatever else was found, for that makes it void.
/// </summary>
internal static class GateJudge
{
    private const string Everything = "all items";

    /// <summary>Judges a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="baseline">The report that it must not be worse than; null: none.</param>
    /// <param name="limits">What is asked for.</param>
    public static GateResult Judge(OverfittingReport report, OverfittingReport? baseline, GateLimits limits)
    {
        List<GateCheck> checks = [Verdict(report, limits), .. Scope(Everything, GateFigure.Of(report), report.Verdict, limits, isClass: false)];
        foreach (var one in report.ClassVerdicts.Where(one => one.Verdict.State != VerdictState.Insufficient))
        {
            var figures = GateFigure.Of(report, one);
            checks.AddRange(Scope(one.Class, figures, one.Verdict, limits, isClass: true).Where(check => check.State == GateState.Failed));
        }

        if (baseline is not null)
        {
            checks.AddRange(Against(Everything, GateFigure.Of(report), GateFigure.Of(baseline), limits.NoiseBand, isClass: false));
            foreach (var (one, other) in report.ClassVerdicts.Join(baseline.ClassVerdicts, one => one.Class, other => other.Class, (one, other) => (one, other)))
            {
                checks.AddRange(Against(one.Class, GateFigure.Of(report, one), GateFigure.Of(baseline, other), limits.NoiseBand, isClass: true).Where(check => check.State == GateState.Failed));
            }
        }

        var state = checks[0].State == GateState.Insufficient ? GateState.Insufficient : checks.Max(check => check.State);
        return new(state, report.Name, report.Verdict?.Sentence, baseline?.Name, [.. checks.OrderByDescending(check => check.State)], [.. Notes(report, baseline)]);
    }

    private static GateCheck Verdict(OverfittingReport report, GateLimits limits) => report.Verdict switch
    {
        null => new(Everything, "Verdict", GateState.Insufficient, "none", "The report has no verdict: an earlier version made it. Write it again with batchxai report."),
        { State: VerdictState.Insufficient } verdict => new(Everything, "Verdict", GateState.Insufficient, Word(verdict), verdict.Reasons[0].Sentence),
        { State: VerdictState.Warn } verdict => new(Everything, "Verdict", limits.WarnFails ? GateState.Failed : GateState.Passed, Word(verdict), verdict.Reasons[0].Sentence),
        // What made it FAIL is looked at on its own, for other limits may hold there.
        { } verdict => new(Everything, "Verdict", GateState.Passed, Word(verdict), verdict.State == VerdictState.Fail ? "See the limits below." : verdict.Reasons[0].Sentence),
    };

    private static IEnumerable<GateCheck> Scope(string scope, IReadOnlyList<GateFigure> figures, VerdictFigures? verdict, GateLimits limits, bool isClass)
    {
        yield return Limit("backgroundGap", GateFigure.Gap, limits.MaxBgGap);
        yield return Limit("netFlipRate", GateFigure.Flips, limits.MaxNetFlips);
        yield return Limit("noObjectAccuracy", GateFigure.NoObject, limits.MaxNoObject);
        if (!isClass && limits.MinFocus is { } least)
        {
            var kappa = figures.Single(figure => figure.Name == GateFigure.Kappa);
            yield return !kappa.IsKnown ? Unknown(kappa)
                : kappa.Values[0].High < least ? new(scope, kappa.Name, GateState.Failed, kappa.Text(), $"The whole interval lies below {Number(least)}.")
                : new(scope, kappa.Name, GateState.Passed, kappa.Text(), kappa.Values[0].Low >= least ? $"At least {Number(least)}." : $"Not shown to be below {Number(least)}: the interval holds it.");
        }

        GateCheck Limit(string code, string name, double? limit)
        {
            var figure = figures.Single(one => one.Name == name);
            if (limit is not { } most)
            {
                // The verdict's own limit: the verdict has judged it.
                return verdict?.Reasons.FirstOrDefault(reason => reason.Code == code && reason.State == VerdictState.Fail) is { } crossed
                    ? new(scope, name, GateState.Failed, figure.Text(), crossed.Sentence)
                    : new(scope, name, GateState.Passed, figure.Text(), "Not shown to be above the verdict’s limit.");
            }

            return !figure.IsKnown ? Unknown(figure)
                : figure.Values.All(value => value.Low > most) ? new(scope, name, GateState.Failed, figure.Text(), $"With every fill the whole interval lies above {Number(most)}.")
                : new(scope, name, GateState.Passed, figure.Text(), $"Not shown to be above {Number(most)}.");
        }

        GateCheck Unknown(GateFigure figure) => new(scope, figure.Name, GateState.Insufficient, figure.Text(), "A limit was given, and there are too few items or fills to hold it against (50 and two).");
    }

    private static IEnumerable<GateCheck> Against(string scope, IReadOnlyList<GateFigure> figures, IReadOnlyList<GateFigure> before, double band, bool isClass)
    {
        foreach (var figure in figures)
        {
            var was = before.Single(one => one.Name == figure.Name);
            var name = $"{figure.Name} against the baseline";
            if (!figure.IsKnown || !was.IsKnown)
            {
                // Focus always has an answer where there is a verdict; causal tests may be off in both.
                var state = figure.Name == GateFigure.Kappa && !isClass ? GateState.Insufficient : GateState.Passed;
                yield return new(scope, name, state, figure.Text(), "Not compared: too few items in the report or the baseline.");
                continue;
            }

            var worse = figure.HighIsBad
                ? figure.Values.Min(value => value.Low) - was.Values.Max(value => value.High)
                : was.Values.Min(value => value.Low) - figure.Values.Max(value => value.High);
            yield return worse > band
                ? new(scope, name, GateState.Failed, figure.Text(), $"Worse: it was {was.Text()}, and the intervals are {Number(worse)} apart; the noise band is {Number(band)}.")
                : new(scope, name, GateState.Passed, figure.Text(), $"Not shown to be worse than {was.Text()}.");
        }
    }

    private static IEnumerable<string> Notes(OverfittingReport report, OverfittingReport? baseline)
    {
        if (baseline is not null && baseline.Dataset.Hash != report.Dataset.Hash)
        {
            yield return "Report and baseline have different datasets: a difference may be the dataset’s.";
        }

        if (report.SplitReading is { } splits)
        {
            yield return $"{splits.Training} against {splits.Validation}: {splits.Sentence}";
        }

        var unjudged = report.ClassVerdicts.Count(one => one.Verdict.State == VerdictState.Insufficient);
        if (unjudged > 0)
        {
            yield return $"{unjudged} of {report.ClassVerdicts.Count} classes have too little evidence and were not judged.";
        }
    }

    private static string Word(VerdictFigures verdict) => verdict.State.ToString().ToUpperInvariant();

    private static string Number(double value) => FormattableString.Invariant($"{value:0.00#}");
}
