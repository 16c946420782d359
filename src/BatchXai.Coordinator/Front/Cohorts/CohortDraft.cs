using BatchXai.Contracts.Api;

namespace BatchXai.Coordinator.Front.Cohorts;

/// <summary>A cohort that a form may save.</summary>
/// <param name="Audit">The audit whose items were filtered.</param>
/// <param name="Filter">The filter, as it stands in an address.</param>
/// <param name="Name">The name that was typed.</param>
/// <param name="Only">It is for this audit alone.</param>
public sealed record CohortDraft(Guid Audit, string Filter, string Name = "", bool Only = false)
{
    /// <summary>It names items of the audit, and so cannot be for others.</summary>
    public bool NamesItems => Filter.StartsWith("items=", StringComparison.Ordinal);
}

/// <summary>A cohort of the list.</summary>
/// <param name="Cohort">The cohort.</param>
/// <param name="IsOwn">The visitor may rename and delete it.</param>
public sealed record ListedCohort(CohortView Cohort, bool IsOwn);
