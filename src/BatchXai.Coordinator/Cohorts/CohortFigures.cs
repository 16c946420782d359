using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Cohorts;

/// <summary>The items of a cohort beside the other items of the audit, and all of them.</summary>
/// <param name="Method">Method of the heatmaps.</param>
/// <param name="Target">Their target.</param>
/// <param name="Cohort">The items of the cohort.</param>
/// <param name="Rest">All others.</param>
/// <param name="Whole">All.</param>
/// <param name="Differences">Kind of mask → mean κ of the cohort − mean κ of the rest.</param>
/// <param name="CausalLeftOut">Too many items were tested for their figures to be had at a glance.</param>
public sealed record CohortFigures(
    string Method, string Target, PartFigures Cohort, PartFigures Rest, PartFigures Whole, IReadOnlyDictionary<MaskKind, DifferenceFigure> Differences, bool CausalLeftOut);

/// <summary>Figures of a part of an audit.</summary>
/// <param name="Items">Items, whatever their outcome.</param>
/// <param name="Outcomes">How they ended; those that do not occur are not there.</param>
/// <param name="Accuracy">Share of right predictions among the items with a label that the model knows.</param>
/// <param name="Focus">Focus for each kind of mask of the audit.</param>
/// <param name="Causal">Causal tests for each kind of mask and fill.</param>
public sealed record PartFigures(long Items, IReadOnlyDictionary<ItemOutcome, long> Outcomes, Proportion Accuracy, IReadOnlyList<PartFocus> Focus, IReadOnlyList<CausalFigures> Causal);

/// <summary>Focus of a part on objects that are marked in one way.</summary>
/// <param name="MaskKind">What says where the object is.</param>
/// <param name="Units">Independent units: items, or groups of items.</param>
/// <param name="Focus">Focus κ, with a normal interval over units.</param>
/// <param name="Background">Share of attention on the background beside chance.</param>
public sealed record PartFocus(MaskKind MaskKind, long Units, MeanFigure Focus, BesideChance Background);
