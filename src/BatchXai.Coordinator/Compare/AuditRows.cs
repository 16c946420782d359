using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Compare;

/// <summary>One finished audit, as a comparison reads it.</summary>
/// <param name="Plan">Its plan.</param>
/// <param name="Rows">All its rows in ascending order of their item; read once.</param>
public sealed record AuditRows(AuditPlan Plan, IAsyncEnumerable<ItemResult> Rows);
