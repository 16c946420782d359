namespace BatchXai.Coordinator.Data;

/// <summary>One change that somebody asked for, or one refusal. Never a key, a token, or what stands behind the question mark of an address.</summary>
public sealed class AccessLogRow
{
    /// <summary>Grows with time.</summary>
    public long Id { get; set; }

    /// <summary>When it was asked for, UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Who asked: <c>key:</c> or <c>user:</c> and a name; null: nobody that is known, or somebody at an open server.</summary>
    public string? Subject { get; set; }

    /// <summary>Id of the key; null: there was none.</summary>
    public string? Credential { get; set; }

    /// <summary>What was asked for: the method, and the address without its ids: <c>DELETE /api/audits/{id}</c>.</summary>
    public required string Action { get; set; }

    /// <summary>The audit; null: it was not about one.</summary>
    public Guid? AuditId { get; set; }

    /// <summary>Id of the key, the cohort or the file that it was about; null: it was about none that is there.</summary>
    public string? About { get; set; }

    /// <summary>The answer's status: 2xx done, 4xx refused, 5xx failed.</summary>
    public int Outcome { get; set; }

    /// <summary>The address that it came from; null: a socket of the file system.</summary>
    public string? Address { get; set; }
}
