using BatchXai.Contracts.Reports;

namespace BatchXai.Contracts.Api;

/// <summary>How often a group that stands out is a shortcut, by what people say of such groups. The latest review of a group counts.</summary>
/// <param name="Precision">Shortcuts among the groups that stood out and were found a shortcut or fine, with its 95 % Wilson interval; its value is null while there is none.</param>
/// <param name="Unsure">Groups that stood out of which it cannot be told; they are in no other figure.</param>
public sealed record DetectorPrecision(Proportion Precision, long Unsure);
