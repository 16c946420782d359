using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Cohorts;

/// <summary>What the report of an audit says of all its items.</summary>
/// <param name="Outcomes">Items by outcome.</param>
/// <param name="Accuracy">Share of right predictions among the items with a label that the model knows.</param>
/// <param name="Causal">The causal tests; null: none was made.</param>
/// <param name="Seed">Seed of the audit.</param>
internal sealed record AuditTotals(IReadOnlyDictionary<ItemOutcome, long> Outcomes, Proportion Accuracy, CausalReport? Causal, int Seed)
{
    /// <summary>Of a report.</summary>
    public static AuditTotals Of(OverfittingReport report) => new(report.Outcomes, report.Accuracy, report.Causal, report.Request.Seed);
}
