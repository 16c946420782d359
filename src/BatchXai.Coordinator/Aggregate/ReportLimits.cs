using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate.Splits;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>What the report cannot see, in plain sentences; only those that hold for this audit.</summary>
internal static class ReportLimits
{
    public static IReadOnlyList<string> Of(
        ReportModel model, IReadOnlyList<MethodFigures> methods, IReadOnlyList<SplitFigures> splits, SplitRoles? roles, bool grouped, bool causal, bool sanity) =>
    [
        "Cues on the object itself, such as a logo, a colour or one part of it, look like perfect focus.",
        "Cues that have no place, such as a colour cast, blur, noise or compression, leave no mark in a heatmap.",
        "A mark that has no fixed place in the view, or that all classes have alike, escapes the comparison of zones.",
        causal
            ? "A heatmap shows where the evidence for one class lies, not what the model would answer without it; only the section on other backgrounds says that, for the items that took part."
            : "A heatmap shows where the evidence for one class lies, not what the model would answer without it. No background was changed in this audit, so nothing here is causal.",
        .. sanity ? Enumerable.Empty<string>() : ["No sanity check was run: whether these heatmaps depend on what the model has learnt was not tested."],
        .. Grid(model),
        .. Zero(methods),
        .. Marks(methods),
        .. Splits(splits, roles),
        grouped
            ? "Intervals treat groups as independent of one another and say nothing about images from elsewhere."
            : "Intervals treat items as independent. Images of the same patient, video or photographer make them too narrow; name a group column to correct that.",
    ];

    private static IEnumerable<string> Grid(ReportModel model)
    {
        if (model.Layer is { } layer)
        {
            yield return $"The target layer sees {layer.Height}×{layer.Width} places. Even a perfect map of a small object spills over its outline, so background attention is never 0; read it beside chance, or read κ.";
        }
    }

    private static IEnumerable<string> Zero(IReadOnlyList<MethodFigures> methods)
    {
        var zero = methods.Sum(method => method.Heatmaps[HeatmapStatus.ZeroHeatmap]);
        if (zero > 0)
        {
            yield return zero == 1
                ? "1 heatmap is zero everywhere and enters no mean; the figures speak for the others only."
                : $"{Wording.Count(zero)} heatmaps are zero everywhere and enter no mean; the figures speak for the others only.";
        }
    }

    private static IEnumerable<string> Marks(IReadOnlyList<MethodFigures> methods)
    {
        var kinds = methods.SelectMany(method => method.Focus).Select(focus => focus.MaskKind).Distinct().ToList();
        if (kinds.Contains(MaskKind.Mask))
        {
            yield return "Masks are taken as the truth: an object that nobody outlined counts as background.";
        }

        if (kinds.Contains(MaskKind.Boxes))
        {
            yield return "A box holds background in its corners, so figures on boxes are kept apart from those on masks and must not be compared with them.";
        }
    }

    private static IEnumerable<string> Splits(IReadOnlyList<SplitFigures> splits, SplitRoles? roles)
    {
        if (roles is not null)
        {
            yield return $"The verdict leaves the training items of split {roles.Training} out, because they flatter a model; the other figures are of all items where they do not name a split.";
        }
        else if (splits.Select(row => row.Split).Distinct().Count() < 2)
        {
            yield return "Only one split was audited: memorisation, which shows as a drop from training to validation, cannot be seen.";
        }
        else
        {
            yield return "No two splits are called training and validation (train or training; val, valid, validation or test), so memorisation and a shortcut were not told apart.";
        }
    }
}
