using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Coordinator.Aggregate.Causal;

/// <summary>Causal tests of all items, of one class or of one split: kinds of masks and fills apart.</summary>
internal sealed class ScopeAccumulator(bool grouped)
{
    private readonly SortedDictionary<(MaskKind Kind, CausalFill Fill), FillAccumulator> fills = [];

    public void Add(MaskKind kind, CausalFill fill, TestedItem item, int group)
    {
        if (!fills.TryGetValue((kind, fill), out var accumulator))
        {
            fills[(kind, fill)] = accumulator = new FillAccumulator(kind, fill, grouped);
        }

        accumulator.Add(item, group);
    }

    /// <param name="chances">Accuracy without an object by chance, of each kind of mask and fill.</param>
    /// <param name="label">The label that all items have; null: they have several, or none.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="name">Names the scope.</param>
    public IReadOnlyList<CausalFinding> Findings(IReadOnlyDictionary<(MaskKind, CausalFill), NoObjectChance> chances, string? label, long seed, string name) =>
        [.. fills.Select(pair => pair.Value.Finding(chances[pair.Key], label, seed, name))];
}

/// <summary>What the tests of a scope found: for people, and for the verdict.</summary>
internal sealed record CausalFinding(CausalFigures Figures, FillEvidence Evidence)
{
    /// <summary>What all fills found, as the verdict takes it.</summary>
    public static CausalEvidence EvidenceOf(IEnumerable<CausalFinding> found, AuditPlan plan) => plan.Request.Causal == CausalChoice.Off ? CausalEvidence.None
        : new(plan.Request.Causal == CausalChoice.Full || plan.CausalShare >= 1 ? CausalMode.Full : CausalMode.Sampled, [.. found.Select(one => one.Evidence)]);
}
