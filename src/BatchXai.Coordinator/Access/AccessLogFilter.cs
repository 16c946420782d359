using BatchXai.Coordinator.Data;

namespace BatchXai.Coordinator.Access;

/// <summary>What became of a request.</summary>
public enum AccessOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was refused.</summary>
    Refused,

    /// <summary>The server failed.</summary>
    Failed,
}

/// <summary>Which entries of the access log are asked for.</summary>
/// <param name="Subject">Text in the name of who asked; null: anybody, and nobody that is known.</param>
/// <param name="Action">Text in what was asked for; null: anything.</param>
/// <param name="Outcome">What became of it; null: whatever.</param>
public sealed record AccessLogFilter(string? Subject = null, string? Action = null, AccessOutcome? Outcome = null)
{
    private const int FirstRefusal = 400;
    private const int FirstFailure = 500;

    /// <summary>The entries that fit.</summary>
    internal IQueryable<AccessLogRow> Of(IQueryable<AccessLogRow> rows)
    {
        var (least, most) = Outcome switch
        {
            AccessOutcome.Done => (0, FirstRefusal),
            AccessOutcome.Refused => (FirstRefusal, FirstFailure),
            AccessOutcome.Failed => (FirstFailure, int.MaxValue),
            _ => (0, int.MaxValue),
        };
        rows = Outcome is null ? rows : rows.Where(row => row.Outcome >= least && row.Outcome < most);
        rows = Subject is null ? rows : rows.Where(row => row.Subject != null && row.Subject.Contains(Subject));
        return Action is null ? rows : rows.Where(row => row.Action.Contains(Action));
    }
}
