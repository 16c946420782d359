using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Front.Items;

namespace BatchXai.Coordinator.Front.Cohorts;

/// <summary>The items that the page of an audit looks at beside all of them.</summary>
/// <param name="Address">What was asked, as it was typed.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Figures">Their figures; null: all items are meant, or the request cannot be read.</param>
/// <param name="Cohorts">Cohorts that can be chosen.</param>
public sealed record AuditCohort(ItemsAddress Address, ItemsRequest Request, CohortFigures? Figures, IReadOnlyList<CohortView> Cohorts);
