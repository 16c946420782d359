using BatchXai.Contracts.Audits;

namespace BatchXai.Coordinator.Data;

/// <summary>One audit. The database is the truth; messages are hints.</summary>
public sealed class AuditRow
{
    /// <summary>The audit's id, also in its blob addresses.</summary>
    public Guid Id { get; set; }

    /// <summary>Name given by the person.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the request and the model file: the same audit asked for again has the same fingerprint.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>The request as JSON.</summary>
    public required string Request { get; set; }

    /// <summary>Where it stands.</summary>
    public AuditState State { get; set; }

    /// <summary>Why it failed, in plain words.</summary>
    public string? Error { get; set; }

    /// <summary>Items in the manifest; 0 until planned.</summary>
    public long Items { get; set; }

    /// <summary>When it was submitted, UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When it reached a final state, UTC.</summary>
    public DateTime? EndedAt { get; set; }
}
