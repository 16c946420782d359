namespace BatchXai.Coordinator.Data;

/// <summary>What a worker found out about one model with one set of settings; asked once, however many audits want to know.</summary>
public sealed class InspectionRow
{
    /// <summary>SHA-256 of model content, settings and methods, lower-case hexadecimal.</summary>
    public required string Key { get; set; }

    /// <summary>When a worker was last asked, UTC; null: not yet.</summary>
    public DateTime? AskedAt { get; set; }

    /// <summary>How often a worker was asked.</summary>
    public int Asked { get; set; }

    /// <summary>When the answer came, UTC; null: not yet.</summary>
    public DateTime? AnsweredAt { get; set; }

    /// <summary>The description as JSON; null: none yet, or the model is unusable.</summary>
    public string? Description { get; set; }

    /// <summary>Every problem as a JSON list; null: none yet, or the model is usable.</summary>
    public string? Problems { get; set; }
}
