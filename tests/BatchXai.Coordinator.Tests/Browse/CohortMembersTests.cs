using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Causal;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Browse;

/// <summary>Which items are in a cohort, whatever heatmaps it and the list look at, against the same rows in memory.</summary>
public sealed class CohortMembersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static (string Method, string Target)[] Maps => [(MethodNames.GradCam, "predicted"), (MethodNames.Cam, "label")];

    [Theory, EachDatabase]
    public async Task Members_are_those_whose_heatmaps_of_the_cohort_match(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await ItemFinderTests.SeedAsync(database);
        await using var db = await database.OpenAsync(Ct);
        foreach (var (method, target) in Maps)
        {
            foreach (var filter in ItemFinderTests.Filters)
            {
                var query = new ItemQuery(audit, method, target) { Filter = filter };
                var expected = Members(query);
                Assert.Equal(expected, await CohortMembers.Of(db, query).Order().ToListAsync(Ct));
                Assert.Equal(expected.Where(item => item % 3 == 0), (await CohortMembers.AmongAsync(db, query, [.. Enumerable.Range(0, 400).Select(i => 3L * i)], Ct)).Order());
            }
        }
    }

    [Theory, EachDatabase]
    public async Task List_of_a_cohort_has_the_items_that_both_want(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var audit = await ItemFinderTests.SeedAsync(database);
        await using var db = await database.OpenAsync(Ct);
        ItemFilter[] wanted = [new(), new() { Class = "cat" }, new() { FocusTo = .3 }, new() { BackgroundFrom = .3, Correct = Correctness.Right }, new() { Turned = true }];
        foreach (var ((method, target), (other, otherTarget)) in from map in Maps from cohortMap in Maps select (map, cohortMap))
        {
            foreach (var (filter, inCohort) in from filter in wanted from inCohort in wanted select (filter, inCohort))
            {
                var cohort = new ItemQuery(audit, other, otherTarget) { Filter = inCohort };
                var query = new ItemQuery(audit, method, target) { Filter = filter, Cohort = cohort, Sort = ItemSort.Focus };
                var both = Seen(query).Intersect(Members(cohort)).Order().ToList();
                var page = await ItemFinder.PageAsync(db, query, null, backwards: false, 500, Ct);
                Assert.Equal(both, page.Rows.Select(row => row.Item).Order());
                Assert.Equal(both.Count, await ItemFinder.CountAsync(db, query, Ct));
                Assert.Equal(Members(query with { Cohort = null }).Intersect(Members(cohort)).Order(), await CohortMembers.Of(db, query).Order().ToListAsync(Ct));
            }
        }
    }

    /// <summary>Items of a list: they match by the heatmap that is seen, or have none at all.</summary>
    private static IEnumerable<long> Seen(ItemQuery query) => Rows(query, row => row.Method is null || (row.Method == query.Method && row.Target == query.Target));

    /// <summary>Items of a cohort: a measure is that of the heatmap it asks for, all else is the item's.</summary>
    private static List<long> Members(ItemQuery query) => [.. Rows(query, row => !query.Filter.AsksMeasures || (row.Method == query.Method && row.Target == query.Target)).Distinct().Order()];

    private static IEnumerable<long> Rows(ItemQuery query, Func<ItemResult, bool> seen)
    {
        var turned = BrowsedRows.Causal.GroupBy(row => row.Item).ToDictionary(item => item.Key, item => EvidenceRule.Turns([.. item]));
        return BrowsedRows.Rows.Where(row => seen(row) && ItemFinderTests.Matches(row, query.Filter, turned.GetValueOrDefault(row.Item))).Select(row => row.Item);
    }
}
