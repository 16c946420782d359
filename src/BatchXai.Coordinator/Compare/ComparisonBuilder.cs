using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Compare;

/// <summary>Compares two finished audits of the same items. Streams both; memory grows with a few dozen bytes a joined item and method.</summary>
public static class ComparisonBuilder
{
    /// <summary>Reads all rows of both once and compares them.</summary>
    /// <param name="first">The first audit.</param>
    /// <param name="second">The second audit.</param>
    /// <param name="now">Dates the comparison.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UserErrorException">The audits have nothing to compare: the same audit twice, no item or no method in common, or other objectives.</exception>
    public static async Task<ComparisonReport> BuildAsync(AuditRows first, AuditRows second, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Refuse(first.Plan, second.Plan);
        var (join, pairs) = (new ItemJoin(), new PairedItems());
        await foreach (var (one, other) in join.PairsAsync(SeenItem.OfAsync(first.Rows, cancellationToken), SeenItem.OfAsync(second.Rows, cancellationToken), cancellationToken))
        {
            pairs.Add(one, other);
        }

        if (pairs.Count == 0)
        {
            throw new UserErrorException(pairs.OtherLabel > 0
                ? $"All {pairs.OtherLabel} items that both audits have carry another label in each. Expected two audits of the same labelled items: name the same labels in both datasets."
                : "The two audits have no item in common: no item id is in both. Expected two audits of the same items: run both models on the same dataset.");
        }

        var comparer = new FigureComparer(pairs.Grouped, first.Plan.Request.Seed);
        var report = new ComparisonReport
        {
            CreatedAt = now,
            First = Audit(first.Plan),
            Second = Audit(second.Plan),
            Items = new(first.Plan.DatasetHash == second.Plan.DatasetHash, pairs.Count, join.OnlyFirst, join.OnlySecond, pairs.OtherLabel),
            Accuracy = comparer.Accuracy(pairs.Answers),
            Focus = [.. pairs.Maps.Select(entry => new FocusComparison(entry.Map.Method, entry.Map.Target, entry.Map.MaskKind, comparer.Kappa(entry.Pairs)))],
            Findings = [],
            Limits = ComparisonWords.Limits(first.Plan, second.Plan, pairs.Grouped),
        };
        return report with { Findings = ComparisonWords.Findings(report) };
    }

    private static void Refuse(AuditPlan first, AuditPlan second)
    {
        if (first.AuditId == second.AuditId)
        {
            throw new UserErrorException($"Both are the same audit, {first.AuditId}. Expected two audits: name another one.");
        }

        List<string> problems = [];
        var (one, other) = (first.Request, second.Request);
        if (!one.Methods.Intersect(other.Methods).Any())
        {
            problems.Add($"The two audits have no method in common: {string.Join(", ", one.Methods)} and {string.Join(", ", other.Methods)}. Run one of them again with a method of the other.");
        }

        if (one.Objective != other.Objective)
        {
            problems.Add($"One audit explains the {one.Objective.ToString().ToLowerInvariant()}, the other the {other.Objective.ToString().ToLowerInvariant()}. Such heatmaps cannot be compared: run both with the same objective.");
        }

        if (problems.Count > 0)
        {
            throw new UserErrorException(problems);
        }
    }

    private static ComparedAudit Audit(AuditPlan plan) => new(plan.AuditId, plan.Request.Name, plan.Request.Model.Path, plan.Model.Hash, plan.DatasetHash);
}
