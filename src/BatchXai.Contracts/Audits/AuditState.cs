namespace BatchXai.Contracts.Audits;

/// <summary>Where an audit stands. Runs top to bottom; the last three are final.</summary>
public enum AuditState
{
    /// <summary>Accepted and stored; nothing done yet.</summary>
    Submitted,

    /// <summary>The model is being inspected and the dataset cut into shards.</summary>
    Planning,

    /// <summary>Shards are being explained.</summary>
    Running,

    /// <summary>Every shard has ended; figures and report are being made.</summary>
    Reporting,

    /// <summary>The report is stored.</summary>
    Done,

    /// <summary>Ended without a report; the audit's error says why.</summary>
    Failed,

    /// <summary>Ended by a person.</summary>
    Cancelled,
}

/// <summary>What states mean.</summary>
public static class AuditStates
{
    /// <summary>Whether the state is final, unless a person retries the audit.</summary>
    public static bool IsFinal(this AuditState state) => state is AuditState.Done or AuditState.Failed or AuditState.Cancelled;
}
