using System.Globalization;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Report;

/// <summary>How names and numbers are written for people: the same in headline, tables and pictures.</summary>
internal static class Wording
{
    /// <summary>Said wherever mean E₀ exceeds .6.</summary>
    public const string LocationConfounded = "Location and object cannot be told apart here: objects lie where almost any map would.";

    private const double Hair = 1e-6;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Method(string name) => name switch
    {
        MethodNames.Cam => "CAM",
        MethodNames.GradCam => "Grad-CAM",
        MethodNames.Saliency => "saliency",
        _ => name,
    };

    public static string MethodTitle(string name) => name == MethodNames.Saliency ? "Saliency" : Method(name);

    public static string Target(string target) => target switch
    {
        "predicted" => "predicted class",
        "label" => "label",
        _ => target,
    };

    public static string Kind(MaskKind kind) => kind switch
    {
        MaskKind.Mask => "masks",
        MaskKind.Boxes => "boxes",
        _ => "no mask",
    };

    /// <summary>Two decimals with a real minus sign; a dash where there is no value.</summary>
    public static string Number(double? value)
    {
        if (value is not { } number)
        {
            return "–";
        }

        var text = Math.Abs(number).ToString("0.00", Culture);
        return number < 0 && text != "0.00" ? "−" + text : text;
    }

    /// <summary>Whole percent; one decimal below 1 % and above 99 %, where a whole one would say none or all; a dash where there is no value.</summary>
    public static string Percent(double? share) => share switch
    {
        null => "–",
        // Sums of floats miss 0 and 1 by a hair.
        <= Hair => "0%",
        >= 1 - Hair => "100%",
        < 0.0005 => "<0.1%",
        >= 0.9995 => ">99.9%",
        < 0.01 or > 0.99 => share.Value.ToString("0.0%", Culture),
        _ => share.Value.ToString("0%", Culture),
    };

    /// <summary>A p-value: one digit that counts.</summary>
    public static string P(double p) => p < 0.0001 ? "<0.0001" : p.ToString(p < 0.001 ? "0.0000" : "0.000", Culture);

    /// <summary>Like <see cref="Percent"/>, for what may be negative.</summary>
    public static string Points(double? share) => share < -Hair ? "−" + Percent(-share) : Percent(share);

    public static string Verdict(VerdictState state) => state switch
    {
        VerdictState.Pass => "PASS",
        VerdictState.Warn => "WARN",
        VerdictState.Fail => "FAIL",
        _ => "INSUFFICIENT",
    };

    /// <summary>What a verdict is not about.</summary>
    public static string JudgedWithout(string training) => $"Judged without the items of split {training}, which the model was trained on.";

    public static string Answer(SplitAnswer answer) => answer switch
    {
        SplitAnswer.Yes => "yes",
        SplitAnswer.No => "no",
        _ => "open",
    };

    public static string VerdictClass(VerdictState state) => state.ToString().ToLowerInvariant();

    public static string Fill(CausalFill fill) => fill switch
    {
        CausalFill.Diffusion => "Filled by diffusion",
        CausalFill.Blur => "Filled by blur",
        _ => fill.ToString(),
    };

    /// <summary>How many answers turned, and what the pictures beside it are.</summary>
    public static string Turned(TurnedAnswers turned)
    {
        var count = $"{Count(turned.Turned)} of {Count(turned.Judged)} answers that were right, or of items without a label, became another on the background of another class, with both ways of filling, while the placebo kept them.";
        return turned.Shown.Count == 0
            ? count
            : $"{count} The surest of each class, as the model saw them ({Fill(turned.Shown[0].Fill).ToLowerInvariant()}): examples, whether this happens often or seldom.";
    }

    /// <summary>A heading as it stands within a sentence.</summary>
    public static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    /// <summary>What was done to an image; null: nothing.</summary>
    public static string Test(CausalTest? test) => test switch
    {
        null => "As it is",
        CausalTest.Placebo => "Placebo: pasted back",
        CausalTest.MixedSame => "Background: its class",
        CausalTest.MixedRand => "Background: other class",
        CausalTest.ObjectRemoved => "Object removed",
        CausalTest.BackgroundBlurred => "Background blurred",
        _ => $"{test}",
    };

    /// <summary>Why a prediction is neither right nor wrong.</summary>
    public static string NotChecked(string? label) => label is null ? "no label" : $"{label}: unknown to the model";

    public static string NotMade(CausalStatus status) => status switch
    {
        CausalStatus.NoDonor => "no other item could lend a background",
        CausalStatus.NoBackground => "too little background to fill from",
        CausalStatus.NonFinite => "scores not finite",
        _ => status.ToString(),
    };

    /// <summary>What the causal tests cost.</summary>
    public static string CausalCost(CausalReport causal)
    {
        var scope = causal.Choice == CausalChoice.Full || causal.Share >= 1 ? "every item with a mask or boxes" : "a sample of the items with masks or boxes";
        var seconds = causal.Seconds is { } all && causal.Items > 0 ? $", {Seconds(all / causal.Items * 1000)} for 1,000 items" : "";
        return $"Tested: {scope}. It took {Count(causal.ForwardPasses)} more forward passes{seconds}.";
    }

    /// <summary>Why there are no causal tests.</summary>
    public static string NoCausal(CausalChoice choice) => choice == CausalChoice.Off
        ? "Causal tests were switched off: nothing here says what the model would answer on another background."
        : "No item has a mask or boxes, so no background could be changed.";

    public static string Count(long count) => count.ToString("#,0", Culture);

    public static string Seconds(double seconds) => seconds switch
    {
        < 10 => seconds.ToString("0.0 s", Culture),
        < 600 => seconds.ToString("0 s", Culture),
        < 36_000 => (seconds / 60).ToString("0 min", Culture),
        _ => (seconds / 3600).ToString("0.0 h", Culture),
    };

    /// <summary>The last part of a path or location.</summary>
    public static string FileName(string path) => path.TrimEnd('/', '\\').Split('/', '\\')[^1];

    /// <summary>A number for an SVG attribute.</summary>
    public static string Svg(double value) => value.ToString("0.##", Culture);

    public static string Outcome(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.Explained => "Explained",
        ItemOutcome.Unreadable => "Image unreadable",
        ItemOutcome.MaskInvalid => "Mask unusable",
        ItemOutcome.NoPositiveEvidence => "No positive evidence",
        ItemOutcome.NoTarget => "No target",
        ItemOutcome.NonFinite => "Model gave NaN or infinity",
        ItemOutcome.Failed => "Failed otherwise",
        _ => outcome.ToString(),
    };

    public static string Heatmap(HeatmapStatus status) => status switch
    {
        HeatmapStatus.Ok => "Usable",
        HeatmapStatus.ZeroHeatmap => "Zero everywhere",
        HeatmapStatus.NonFinite => "NaN or infinity",
        _ => "None",
    };

    public static string Mask(MaskStatus status) => status switch
    {
        MaskStatus.Ok => "Usable",
        MaskStatus.NoMask => "None",
        MaskStatus.EmptyMask => "Object out of view",
        MaskStatus.FullMask => "Object fills the view",
        _ => "Unusable",
    };

    public static string Zone(ViewZone zone) => zone switch
    {
        ViewZone.Centre => "centre",
        ViewZone.Border => "border",
        ViewZone.TopLeft => "top-left corner",
        ViewZone.TopRight => "top-right corner",
        ViewZone.BottomLeft => "bottom-left corner",
        ViewZone.BottomRight => "bottom-right corner",
        _ => "padding",
    };

    /// <summary>What sets a class apart by a zone.</summary>
    public static string ZoneFinding(string name, ViewZone zone, string method, double share, double others, double area)
    {
        var times = others > 0 ? $"{(share / others).ToString(share / others < 10 ? "0.0" : "#,0", Culture)} times the share of the other classes ({Percent(others)})" : "and none of the other classes’";
        return $"Class {name}: the {Zone(zone)} draws {Percent(share)} of {Method(method)} attention, {times}. Its area is {Percent(area)}.";
    }

    /// <summary>A group of heatmaps that stands out of its class.</summary>
    public static string Cluster(string name, int maps, int all, MeanFigure focus, MeanFigure difference, double stability) =>
        $"Class {name}: {Count(maps)} of {Count(all)} heatmaps ({Percent((double)maps / all)}) form a group whose focus κ is {Number(focus.Value)}, {Number(-difference.Value)} below that of the others " +
        $"({Number(-difference.High)} to {Number(-difference.Low)}). The groups are found again in subsamples (stability {Number(stability)}).";

    /// <summary>What the search for groups of heatmaps did not find, or did not look at.</summary>
    public static IEnumerable<string> Clusters(MapClusters found)
    {
        string[] sentences =
        [
            found.Looked == 0 ? "No labelled class has the 50 usable heatmaps that it takes to look for groups."
                : $"{Classes(found.Looked)} looked at: {Count(found.OneGroup)} of one group.",
            found.Unstable > 0 ? $"{Classes(found.Unstable)} with groups that are not found again in subsamples (stability below 0.60): not shown." : "",
            found.More > 0 ? $"{Classes(found.More)} more with groups: not shown." : "",
            found.TooFew > 0 && found.Looked > 0 ? $"{Classes(found.TooFew)} with fewer than 50 usable heatmaps: not looked at." : "",
            found.LeftOut > 0 ? $"{Classes(found.LeftOut)} more with enough heatmaps: left out, those with the least focus come first." : "",
        ];
        return sentences.Where(sentence => sentence.Length > 0);

        static string Classes(int count) => count == 1 ? "1 class" : $"{Count(count)} classes";
    }

    public static (string Title, string Why) Reason(ListingReason reason) => reason switch
    {
        ListingReason.ConfidentUnfocused => (
            "Confident, and looking elsewhere",
            "Right or unchecked predictions with less attention on the object than by chance, the surest first: a shortcut looks like this. Ranked by confidence × (1 − κ)."),
        ListingReason.LeastFocused => (
            "Least focused",
            "Attention still falls on the object as much as by chance or more: the end of the scale, no sign of a shortcut. Ranked by confidence × (1 − κ)."),
        ListingReason.ZoneFinding => (
            "Classes that look where the others do not",
            "The heatmaps that show the findings on zones best. Ranked by confidence × share of the zone."),
        ListingReason.ConfidentWrong => ("Confident and wrong", "The model’s surest mistakes. Ranked by confidence."),
        ListingReason.BorderAttention => (
            "Confident, and looking at the edge",
            "There are no masks, so these are the items with most attention in the outer ring. Ranked by confidence × border share."),
        _ => ("Classes with too few images", "Fewer than 10 usable heatmaps allow no figure, only a look."),
    };
}
