namespace BatchXai.Contracts.Api;

/// <summary>A filter over items that was saved under a name.</summary>
/// <param name="Id">Its id; an address takes the name or this.</param>
/// <param name="Name">Its name, one of its kind among those of who saved it.</param>
/// <param name="Filter">The filter as it stands in the address of a list of items, such as <c>class=cat&amp;correct=false</c>.</param>
/// <param name="AuditId">The only audit that it is for; null: any.</param>
/// <param name="CreatedBy">Who saved it; null: somebody at an open server.</param>
/// <param name="CreatedAt">When it was saved.</param>
public sealed record CohortView(Guid Id, string Name, string Filter, Guid? AuditId, string? CreatedBy, DateTimeOffset CreatedAt);
