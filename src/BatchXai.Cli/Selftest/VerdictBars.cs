using System.Globalization;
using BatchXai.Cli.Planted;
using BatchXai.Contracts.Reports;
using BatchXai.Statistics.Proportions;

namespace BatchXai.Cli.Selftest;

/// <summary>The bars on what reports conclude, and not only on their figures.</summary>
internal static class VerdictBars
{
    /// <summary>The bars, in the order of the benchmark.</summary>
    public static IEnumerable<Bar> Of(IReadOnlyList<ZooModelResult> results)
    {
        var trained = results.Where(result => result.Model.Kind == ZooModelKind.Trained).ToList();
        var clean = trained.Where(result => result.ReliesOn == ReliesOn.Object).ToList();
        var shortcuts = trained.Where(result => result.ReliesOn == ReliesOn.Shortcut && result.Model.Planting.Cue is not PlantedCue.ObjectColour).ToList();
        var memorisers = Of(results, ZooModelKind.Memoriser);
        yield return FalseAlarms(clean);
        yield return Count("verdict on models with a shortcut, object colour apart: FAIL", null, shortcuts, result => result.Verdict.State == VerdictState.Fail, null);
        yield return Count("training against validation of these models: a shortcut", null, shortcuts, result => result.Verdict.Shortcut == SplitAnswer.Yes, null);
        yield return Count("memorisers called a shortcut, in any place of the report", "none", memorisers, result => result.Verdict.CallsShortcut, found => found == 0);
        yield return Count("memorisers called memorisation", "9 in 10", memorisers, result => result.Verdict.Finding == SplitFinding.Memorisation, found => found >= .9 * memorisers.Count);
        var random = Of(results, ZooModelKind.RandomWeights);
        yield return Count("verdict on random weights: INSUFFICIENT", "every one", random, result => result.Verdict.State == VerdictState.Insufficient, found => found == random.Count);
        yield return Blob("verdict on a central blob, objects anywhere", centred: false);
        yield return Blob("verdict on a central blob, objects in the centre", centred: true);
        yield return SizeShift("FAIL on clean models, objects of half the area", clean, verdict => verdict.State == VerdictState.Fail);
        yield return SizeShift("WARN or FAIL on clean models, objects of half the area", clean, verdict => verdict.IsFlag);
        var blind = trained.Where(result => result.MapsOnly is not null).ToList();
        yield return Count(
            "blur and object colour, without causal tests: says that they are not detectable, and claims no absence", "every one", blind,
            result => result.MapsOnly is { AdmitsBlindness: true, State: not VerdictState.Pass }, found => found == blind.Count);
    }

    private static Bar FalseAlarms(List<ZooModelResult> clean)
    {
        const string Name = "false alarms on clean models: FAIL";
        const string Required = "≤ 1 in 60";
        if (clean.Count == 0)
        {
            return new(Name, Required, "no model", null);
        }

        var (fail, warn) = (clean.Count(result => result.Verdict.State == VerdictState.Fail), clean.Count(result => result.Verdict.State == VerdictState.Warn));
        return new(Name, Required, Text($"{fail} of {clean.Count}, upper 95 % bound {ClopperPearson.UpperBound(fail, clean.Count):0.000}; WARN on {warn} more"), 60 * fail <= clean.Count);
    }

    private static Bar SizeShift(string name, IEnumerable<ZooModelResult> clean, Func<AuditVerdict, bool> isFlagged)
    {
        const string Required = "changes by ≤ 2 points";
        var both = clean.Where(result => result.SmallVerdict is not null).ToList();
        var (before, after) = (both.Count(result => isFlagged(result.Verdict)), both.Count(result => isFlagged(result.SmallVerdict!)));
        return both.Count == 0
            ? new(name, Required, "no model", null)
            : new(name, Required, Text($"{before} of {both.Count} becomes {after}"), Math.Abs(after - before) <= .02 * both.Count);
    }

    private static Bar Blob(string name, bool centred)
    {
        var verdict = CentralBlobControl.Judge(centred);
        return new(name, "INSUFFICIENT", $"{verdict.State.ToString().ToUpperInvariant()}: {string.Join(", ", verdict.Reasons.Select(reason => reason.Code))}", verdict.State == Statistics.Verdicts.VerdictState.Insufficient);
    }

    private static Bar Count(string name, string? required, List<ZooModelResult> models, Func<ZooModelResult, bool> holds, Func<int, bool>? met)
    {
        var found = models.Count(holds);
        return models.Count == 0 ? new(name, required, "no model", null) : new(name, required, Text($"{found} of {models.Count}"), met?.Invoke(found));
    }

    private static List<ZooModelResult> Of(IEnumerable<ZooModelResult> results, ZooModelKind kind) => [.. results.Where(result => result.Model.Kind == kind)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
