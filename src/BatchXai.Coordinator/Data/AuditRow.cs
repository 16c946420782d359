using BatchXai.Contracts.Audits;

namespace BatchXai.Coordinator.Data;

/// <summary>One audit. The database is the truth; messages are hints.</summary>
public sealed class AuditRow
{
    /// <summary>The audit's id, also in its blob addresses.</summary>
    public Guid Id { get; set; }

    /// <summary>Name given by the person.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the request and the model's content: the same audit asked for again has the same fingerprint.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>Who submitted it, and may see and change it: <c>key:</c> or <c>user:</c> and a name. Null: somebody at an open server.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>What the caller calls this submission, after who it is; the same key again is the same audit. Null: none given.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>The request as JSON.</summary>
    public required string Request { get; set; }

    /// <summary>Name of the model, by which dashboards tell its versions apart from other models; null until planned.</summary>
    public string? ModelName { get; set; }

    /// <summary>SHA-256 of the model's content, lower-case hexadecimal; null until planned.</summary>
    public string? ModelHash { get; set; }

    /// <summary>The inspection that planning waits for; null until asked for.</summary>
    public string? InspectionKey { get; set; }

    /// <summary>Where it stands.</summary>
    public AuditState State { get; set; }

    /// <summary>Why it failed, in plain words.</summary>
    public string? Error { get; set; }

    /// <summary>Items in the manifest; 0 until planned.</summary>
    public long Items { get; set; }

    /// <summary>Share of the workers relative to other audits, 1 … 100.</summary>
    public int Weight { get; set; } = 1;

    /// <summary>Coordinator that plans or reports it; null: nobody.</summary>
    public string? Owner { get; set; }

    /// <summary>Until when that coordinator owns it, UTC; then another may.</summary>
    public DateTime? OwnedUntil { get; set; }

    /// <summary>W3C traceparent of the submission, so that one audit is one trace.</summary>
    public string? TraceParent { get; set; }

    /// <summary>When it was submitted, UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When its shards were ready, UTC.</summary>
    public DateTime? PlannedAt { get; set; }

    /// <summary>When it reached a final state, UTC.</summary>
    public DateTime? EndedAt { get; set; }
}
