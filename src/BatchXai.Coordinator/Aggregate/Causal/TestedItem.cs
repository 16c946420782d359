using BatchXai.Contracts.Results;
using BatchXai.Storage.Causal;

namespace BatchXai.Coordinator.Aggregate.Causal;

/// <summary>What the tests with one fill said about one item; what could not be made is left out.</summary>
internal sealed class TestedItem(IEnumerable<CausalResult> rows)
{
    public Dictionary<CausalTest, CausalResult> Tests { get; } = rows.Where(row => row.Status == CausalStatus.Ok).ToDictionary(row => row.Test);

    public bool? CorrectBefore => Tests.Values.FirstOrDefault()?.CorrectBefore;

    public bool FlipCounts => Tests.Values.FirstOrDefault() is { } any && EvidenceRule.Counts(any);

    public CausalResult? Of(CausalTest test) => Tests.GetValueOrDefault(test);
}
