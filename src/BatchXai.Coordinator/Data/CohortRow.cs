namespace BatchXai.Coordinator.Data;

/// <summary>A filter over items that somebody saved under a name. Which items it finds is looked up each time.</summary>
public sealed class CohortRow
{
    /// <summary>Its id.</summary>
    public Guid Id { get; set; }

    /// <summary>Its name, unique among those of who saved it.</summary>
    public required string Name { get; set; }

    /// <summary>The filter as it stands in an address.</summary>
    public required string Filter { get; set; }

    /// <summary>The only audit that it is for; null: any.</summary>
    public Guid? AuditId { get; set; }

    /// <summary>Who saved it: <c>key:</c> or <c>user:</c> and a name. Empty, not null, where nobody has a name, because names are unique there too.</summary>
    public required string CreatedBy { get; set; }

    /// <summary>When it was saved, UTC.</summary>
    public DateTime CreatedAt { get; set; }
}
