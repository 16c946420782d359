namespace BatchXai.Coordinator.Front.Places;

/// <summary>Where the audits lie that pages show: one database of a server, or the output folders of a machine.</summary>
public interface IAuditPlaces
{
    /// <summary>What a person without audits does next: a command to type.</summary>
    string FirstStep { get; }

    /// <summary>All places there are now.</summary>
    Task<AuditPlacesSeen> LookAsync(CancellationToken cancellationToken);

    /// <summary>The place that may hold an audit; null: none does.</summary>
    Task<AuditPlace?> FindAsync(Guid auditId, CancellationToken cancellationToken);
}

/// <summary>Places, and what is in the way of others.</summary>
/// <param name="Places">The places.</param>
/// <param name="Troubles">Why others are not shown, in plain words.</param>
public sealed record AuditPlacesSeen(IReadOnlyList<AuditPlace> Places, IReadOnlyList<string> Troubles);
