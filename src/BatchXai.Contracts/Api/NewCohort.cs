namespace BatchXai.Contracts.Api;

/// <summary>A filter over items that is to be saved under a name.</summary>
public sealed record NewCohort
{
    /// <summary>Its name: 1 to 100 characters without control characters, no blank first or last, and no id.</summary>
    public required string Name { get; init; }

    /// <summary>The filter as it stands in the address of a list of items, such as <c>class=cat&amp;correct=false</c>.</summary>
    public required string Filter { get; init; }

    /// <summary>The only audit that it is for; null: any.</summary>
    public Guid? AuditId { get; init; }
}
