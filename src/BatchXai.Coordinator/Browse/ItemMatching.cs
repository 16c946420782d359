using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;

namespace BatchXai.Coordinator.Browse;

/// <summary>A filter as conditions on rows.</summary>
internal static class ItemMatching
{
    /// <summary>Names are looked up by so many first characters, and then compared: an index cannot hold names of any length.</summary>
    public const int NameStart = 100;

    private static readonly int RowsOfTurns = 2 * Enum.GetValues<CausalFill>().Length;

    /// <summary>The rows that a query wants, among rows of its audit that it sees.</summary>
    public static IQueryable<ItemRow> Matching(this IQueryable<ItemRow> rows, AuditDb db, ItemQuery query)
    {
        var conditions = query.OfSeen.ToList();
        rows = conditions.Aggregate(rows, (matching, filter) => matching.Matching(db, query.AuditId, filter));
        if (query.Cohort is null || conditions.Count > 1)
        {
            return rows;
        }

        var members = CohortMembers.Of(db, query.Cohort);
        return rows.Where(row => members.Contains(row.Item));
    }

    private static IQueryable<ItemRow> Matching(this IQueryable<ItemRow> rows, AuditDb db, Guid audit, ItemFilter filter)
    {
        if (filter.Items is { } items)
        {
            rows = rows.Where(row => items.Contains(row.Item));
        }

        if (filter.Class is { } name)
        {
            var start = Start(name);
            rows = rows.Where(row => row.Result.Label!.Substring(0, NameStart) == start && row.Result.Label == name);
        }

        if (filter.Unlabelled)
        {
            rows = rows.Where(row => row.Result.Label == null);
        }

        if (filter.Split is { } split)
        {
            rows = rows.Where(row => row.Result.Split == split);
        }

        if (filter.Group is { } group)
        {
            rows = rows.Where(row => row.Result.Group == group);
        }

        if (filter.Metadata is { } metadata)
        {
            rows = (MetadataTerms.Read(metadata) ?? []).Select(term => MetadataText.Pair(term.Column, term.Value)).Aggregate(rows, (matching, pair) => matching.Where(row => row.Result.Metadata!.Contains(pair)));
        }

        if (filter.Outcome is { } outcome)
        {
            rows = rows.Where(row => row.Result.Outcome == outcome);
        }

        if (filter.Predicted is { } predicted)
        {
            var start = Start(predicted);
            rows = rows.Where(row => row.Result.PredictedName!.Substring(0, NameStart) == start && row.Result.PredictedName == predicted);
        }

        rows = filter.Correct switch
        {
            Correctness.Right => rows.Where(row => row.Result.Correct == true),
            Correctness.Wrong => rows.Where(row => row.Result.Correct == false),
            Correctness.Unchecked => rows.Where(row => row.Result.Correct == null),
            _ => rows,
        };
        return Measured(rows, filter).Turned(db, audit, filter.Turned);
    }

    private static IQueryable<ItemRow> Measured(IQueryable<ItemRow> rows, ItemFilter filter)
    {
        if (filter.FocusFrom is { } least)
        {
            rows = rows.Where(row => row.Result.Measures.Focus >= least);
        }

        if (filter.FocusTo is { } most)
        {
            rows = rows.Where(row => row.Result.Measures.Focus <= most);
        }

        if (filter.BackgroundFrom is { } leastShare)
        {
            rows = rows.Where(row => row.Result.Measures.BackgroundAttention >= leastShare);
        }

        if (filter.BackgroundTo is { } mostShare)
        {
            rows = rows.Where(row => row.Result.Measures.BackgroundAttention <= mostShare);
        }

        return rows;
    }

    /// <summary><see cref="Storage.Causal.EvidenceRule.Turns"/> in the database's words.</summary>
    private static IQueryable<ItemRow> Turned(this IQueryable<ItemRow> rows, AuditDb db, Guid audit, bool? wanted)
    {
        if (wanted is not { } turned)
        {
            return rows;
        }

        var known = db.CausalResults.Where(row => row.AuditId == audit && row.Result.Flipped != null && (row.Result.Test == CausalTest.MixedRand || row.Result.Test == CausalTest.Placebo)
                && (row.Result.CorrectBefore == true || (row.Result.CorrectBefore == null && row.Result.Label == null)))
            .GroupBy(row => row.Item).Where(item => item.Count() == RowsOfTurns);
        var items = turned
            ? known.Where(item => item.Count(row => row.Result.Flipped == (row.Result.Test == CausalTest.MixedRand)) == RowsOfTurns)
            : known.Where(item => item.Count(row => row.Result.Flipped == (row.Result.Test == CausalTest.MixedRand)) < RowsOfTurns);
        return rows.Where(row => items.Select(item => item.Key).Contains(row.Item));
    }

    /// <summary>The first characters as databases count them: code points.</summary>
    private static string Start(string name) => string.Concat(name.EnumerateRunes().Take(NameStart));
}
