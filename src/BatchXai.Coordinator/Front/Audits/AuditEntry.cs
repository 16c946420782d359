using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Front.Places;

namespace BatchXai.Coordinator.Front.Audits;

/// <summary>One audit in a list of pages.</summary>
public sealed record AuditEntry
{
    /// <summary>Where it lies.</summary>
    public required AuditPlace Place { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name given by the person.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the model; null until planned.</summary>
    public string? Model { get; init; }

    /// <summary>Where it stands.</summary>
    public required AuditState State { get; init; }

    /// <summary>Items in the dataset; 0 until planned.</summary>
    public required long Items { get; init; }

    /// <summary>Items that have ended, whatever their outcome.</summary>
    public long Done { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it reached a final state.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>What its report says; null: there is none.</summary>
    public ReportGlance? Report { get; init; }
}

/// <summary>Which audits a list shows.</summary>
/// <param name="State">Only those in this state; null: all.</param>
/// <param name="Model">Only those whose model's name contains this; null: all.</param>
/// <param name="Before">Only those submitted before this one; null: from the newest.</param>
/// <param name="ModelIs">Only those of the model with this name; null: all.</param>
/// <param name="CreatedBy">Only those that this caller submitted; null: everybody's.</param>
public sealed record AuditFilter(AuditState? State = null, string? Model = null, Guid? Before = null, string? ModelIs = null, string? CreatedBy = null);

/// <summary>A page of the list, newest first.</summary>
/// <param name="Entries">The audits.</param>
/// <param name="Next">The next page begins before this one; null: this is the last.</param>
/// <param name="Troubles">Why other audits are not shown.</param>
public sealed record AuditEntryPage(IReadOnlyList<AuditEntry> Entries, Guid? Next, IReadOnlyList<string> Troubles);
