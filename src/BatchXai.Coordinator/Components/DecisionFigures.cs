using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Components;

/// <summary>The causal figures that the decision table shows of a class.</summary>
internal static class DecisionFigures
{
    /// <summary>Those of the filling that speaks less against the class; null: none.</summary>
    public static CausalFigures? Of(ClassVerdict row) => row.Causal.MinBy(figures => figures.BackgroundGap.Low ?? figures.BackgroundGap.Value ?? double.PositiveInfinity);
}
