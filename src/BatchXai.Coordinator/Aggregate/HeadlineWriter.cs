using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>The finding in plain words, from the first method; pixel masks are preferred to boxes while there are enough of them.</summary>
internal static class HeadlineWriter
{
    private const double FullCoverage = 0.9;

    private const string Caution =
        "This is a measurement, not a verdict. Attribution alone is no proof of a shortcut: a heatmap misses cues that lie on the object, and it can "
        + "accuse a model that does not need the background. Change the background and predict again before you act on it.";

    private const string CausalCaution =
        "This is where attention falls, no verdict: attribution alone is no proof of a shortcut. The verdict rests on what the model answered when the background was changed.";

    private const string Meaning = "Background by chance counts area alone; κ also corrects for where objects usually lie and for the shape of the map.";

    public static ReportHeadline Write(IReadOnlyList<MethodFigures> methods, long items, bool causal)
    {
        var method = methods.Count == 0 ? null : methods.FirstOrDefault(candidate => candidate.Focus.Count > 0) ?? methods[0];
        var focus = Preferred(method?.Focus ?? []);
        var (finding, certainty) = (method, focus) switch
        {
            (null, _) => ("No heatmap could be made.", "The counts below say why."),
            (_, null) => NoMask(method),
            _ => Words(method, focus, items),
        };
        return new ReportHeadline
        {
            Finding = finding,
            Certainty = certainty,
            Caution = causal ? CausalCaution : Caution,
            Support = focus?.Support ?? Support.PicturesOnly,
            Method = method?.Method,
            Target = method?.Target,
            MaskKind = focus?.MaskKind ?? MaskKind.None,
        };
    }

    private static FocusFigures? Preferred(IReadOnlyList<FocusFigures> focus) =>
        focus.FirstOrDefault(figures => figures.Support == Support.Interval) ?? focus.MaxBy(figures => figures.Usable);

    private static (string Finding, string Certainty) NoMask(MethodFigures method) =>
        method.Heatmaps[HeatmapStatus.Ok] == 0
            ? ("No usable heatmap was made.", "The counts below say why.")
            : ("Attention on the background could not be measured.",
                $"None of the {Wording.Count(method.Heatmaps[HeatmapStatus.Ok])} heatmaps has a usable object mask. The fixed zones below need none; for focus, add masks or boxes.");

    private static (string Finding, string Certainty) Words(MethodFigures method, FocusFigures focus, long items)
    {
        var maps = $"{Wording.Count(focus.Usable)} usable {(focus.Usable == 1 ? "heatmap" : "heatmaps")}";
        if (focus.Support == Support.PicturesOnly || focus.BackgroundAttention is not { Value: { } share, Chance: { } chance })
        {
            return ("Too few usable heatmaps to say anything.",
                $"There {(focus.Usable == 1 ? "is" : "are")} {maps}. A figure needs {SupportRule.Figure}, an interval {SupportRule.Interval}: look at the pictures, and add images with {Marks(focus.MaskKind)}.");
        }

        var scope = focus.Support == Support.Greyed ? $"In only {focus.Usable} heatmaps" : "On average";
        var finding = $"{scope} {Wording.Percent(share)} of {Wording.Method(method.Method)} attention lies on the background; chance would put {Wording.Percent(chance)} there.";
        return (finding, $"{Certainty(focus)} {Basis(focus, maps, items)} {Meaning}{Confounded(focus)}");
    }

    private static string Certainty(FocusFigures focus) => focus.Focus switch
    {
        { Value: null } => "Focus could not be corrected for chance.",
        { Value: { } kappa, Low: null } => $"Focus κ is about {Wording.Number(kappa)}: a hint, not yet a finding.",
        { Low: > 0 } => $"Attention falls on the object more than chance would put it there: {Kappa(focus.Focus)}.",
        { High: < 0 } => $"Attention falls on the object less than chance would put it there: {Kappa(focus.Focus)}.",
        _ => $"Where attention falls cannot be told from chance: {Kappa(focus.Focus)}.",
    };

    private static string Kappa(MeanFigure focus) =>
        $"focus κ is {Wording.Number(focus.Value)} (95% interval {Wording.Number(focus.Low)} to {Wording.Number(focus.High)}; chance 0, perfect 1)";

    private static string Basis(FocusFigures focus, string maps, long items)
    {
        if (focus.Support == Support.Greyed)
        {
            return $"Only {maps} with {Marks(focus.MaskKind)}: too few for an interval, which needs {SupportRule.Interval}.";
        }

        var coverage = items == 0 ? 1 : (double)focus.Usable / items;
        var basis = $"Based on {maps} with {Marks(focus.MaskKind)}, from {Wording.Count(items)} items.";
        return coverage >= FullCoverage ? basis : $"{basis} The other {Wording.Percent(1 - coverage)} of the items may differ.";
    }

    private static string Confounded(FocusFigures focus) => focus.LocationConfounded ? $" {Wording.LocationConfounded}" : "";

    private static string Marks(MaskKind kind) => kind == MaskKind.Boxes ? "boxes" : "masks";
}
