using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Browse;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>A cohort that an address names, as it is used on one audit.</summary>
/// <param name="Cohort">The cohort.</param>
/// <param name="Address">Its filter, as the address of a list.</param>
/// <param name="Query">The items that it finds in the audit.</param>
public sealed record ChosenCohort(CohortView Cohort, ItemsAddress Address, ItemQuery Query);
