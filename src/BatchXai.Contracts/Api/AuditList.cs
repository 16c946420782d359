using BatchXai.Contracts.Audits;

namespace BatchXai.Contracts.Api;

/// <summary>One page of audits, newest first.</summary>
/// <param name="Audits">The audits.</param>
/// <param name="Next">Give it as <c>before</c> to get the next page; null: this is the last.</param>
public sealed record AuditList(IReadOnlyList<AuditLine> Audits, Guid? Next);

/// <summary>One audit in a list.</summary>
/// <param name="Id">The audit's id.</param>
/// <param name="Name">Name given by the person.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Items">Items in the dataset; 0 until planned.</param>
/// <param name="Error">Why it failed, in plain words.</param>
/// <param name="CreatedAt">When it was submitted.</param>
/// <param name="EndedAt">When it reached a final state.</param>
public sealed record AuditLine(Guid Id, string Name, AuditState State, long Items, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt);
