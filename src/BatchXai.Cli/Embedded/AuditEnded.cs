using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;

namespace BatchXai.Cli.Embedded;

/// <summary>How an audit ended.</summary>
/// <param name="AuditId">The audit.</param>
/// <param name="State">Done or Failed.</param>
/// <param name="Output">The output folder, absolute.</param>
/// <param name="Report">The report, when done.</param>
/// <param name="Error">Why, when failed.</param>
public sealed record AuditEnded(Guid AuditId, AuditState State, string Output, OverfittingReport? Report, string? Error);
