using BatchXai.Contracts.Audits;

namespace BatchXai.Cli.Embedded;

/// <summary>Where a running audit stands.</summary>
/// <param name="State">State of the audit.</param>
/// <param name="Items">Items in the manifest; 0 until planned.</param>
/// <param name="Done">Items that have ended, whatever their outcome.</param>
/// <param name="Failed">Of those, items that could not be explained.</param>
/// <param name="ItemsPerSecond">Rate of this run, not counting what an earlier run did.</param>
/// <param name="Remaining">Time to the last item at that rate; null: not known yet.</param>
public sealed record AuditProgress(AuditState State, long Items, long Done, long Failed, double ItemsPerSecond, TimeSpan? Remaining);
