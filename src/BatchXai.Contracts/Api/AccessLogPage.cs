namespace BatchXai.Contracts.Api;

/// <summary>One page of what callers changed and were refused, the newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">Give it as <c>after</c> to get the next page; null: this is the last.</param>
public sealed record AccessLogPage(IReadOnlyList<AccessLogLine> Entries, long? Next);

/// <summary>One request.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="At">When it came.</param>
/// <param name="Subject">Who asked: <c>key:</c> or <c>user:</c> and a name; null: nobody that is known.</param>
/// <param name="Credential">Id of the key; null: there was none.</param>
/// <param name="Action">Method and kind of address, such as <c>DELETE /api/audits/{id:guid}</c>.</param>
/// <param name="AuditId">The audit; null: it was not about one.</param>
/// <param name="About">Id of the key, the cohort or the file that it was about; null: it was about none that is there.</param>
/// <param name="Outcome">Status of the answer: 2xx done, 4xx refused, 5xx failed.</param>
/// <param name="Address">The network address that it came from.</param>
public sealed record AccessLogLine(long Id, DateTimeOffset At, string? Subject, string? Credential, string Action, Guid? AuditId, string? About, int Outcome, string? Address);
