using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Cli.Gate;

/// <summary>One figure with its interval: for each fill where it is a causal test's, else once.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Values">Those with an interval and enough items.</param>
/// <param name="Needed">How many must agree.</param>
/// <param name="HighIsBad">True: more of it is worse.</param>
internal sealed record GateFigure(string Name, IReadOnlyList<(double Value, double Low, double High)> Values, int Needed, bool HighIsBad)
{
    public const string Gap = "BG-gap";
    public const string Flips = "Net flips";
    public const string NoObject = "Accuracy without the object, above chance";
    public const string Kappa = "Focus κ";
    public const string Accuracy = "Accuracy";

    /// <summary>Whether there is enough to judge.</summary>
    public bool IsKnown => Values.Count >= Needed;

    /// <summary>The figures over all items.</summary>
    public static IReadOnlyList<GateFigure> Of(OverfittingReport report)
    {
        var method = report.Methods.FirstOrDefault(one => one.Method == report.Headline.Method && one.Target == report.Headline.Target);
        return [.. Causal(report, report.Causal?.Figures ?? []), Focus(report, method?.Focus ?? []), Share(report.Accuracy)];
    }

    /// <summary>The figures of a class.</summary>
    public static IReadOnlyList<GateFigure> Of(OverfittingReport report, ClassVerdict verdict)
    {
        var row = report.Classes.FirstOrDefault(one => one.Class == verdict.Class && one.Method == report.Headline.Method && one.Target == report.Headline.Target);
        return [.. Causal(report, verdict.Causal), Focus(report, row?.Focus ?? [])];
    }

    /// <summary>The figures in words.</summary>
    public string Text() => Values.Count == 0 ? "not known" : string.Join(", ", Values.Select(value => FormattableString.Invariant($"{value.Value:0.00} ({value.Low:0.00} to {value.High:0.00})")));

    private static IEnumerable<GateFigure> Causal(OverfittingReport report, IReadOnlyList<CausalFigures> all)
    {
        // The verdict's kind of mask; others are never mixed in.
        var figures = all.Where(one => one.MaskKind == report.Headline.MaskKind).ToList();
        yield return new(Gap, [.. figures.SelectMany(one => Known(one.BackgroundGap.N, one.BackgroundGap.Value, one.BackgroundGap.Low, one.BackgroundGap.High))], 2, HighIsBad: true);
        yield return new(Flips, [.. figures.SelectMany(one => Known(one.NetFlipRate.N, one.NetFlipRate.Value, one.NetFlipRate.Low, one.NetFlipRate.High))], 2, HighIsBad: true);
        yield return new(NoObject, [.. figures.SelectMany(one => one.Accuracy.GetValueOrDefault(CausalTest.ObjectRemoved) is { } share ? Known(share.N, share.Value - one.NoObjectByChance, share.Low - one.NoObjectByChance, share.High - one.NoObjectByChance) : [])], 2, HighIsBad: true);
    }

    private static GateFigure Focus(OverfittingReport report, IReadOnlyList<FocusFigures> all) => new(
        Kappa, [.. all.Where(one => one.MaskKind == report.Headline.MaskKind).SelectMany(one => Known(one.Focus.N, one.Focus.Value, one.Focus.Low, one.Focus.High))], 1, HighIsBad: false);

    private static GateFigure Share(Proportion share) => new(Accuracy, [.. Known(share.N, share.Value, share.Low, share.High)], 1, HighIsBad: false);

    private static IEnumerable<(double, double, double)> Known(long n, double? value, double? low, double? high)
    {
        if (n >= MinimumSupport.Verdict && value is { } figure && low is { } from && high is { } to)
        {
            yield return (figure, from, to);
        }
    }
}
