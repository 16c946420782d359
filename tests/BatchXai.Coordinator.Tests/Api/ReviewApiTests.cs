using System.Net;
using System.Net.Http.Json;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Coordinator.Tests.Front;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class ReviewApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Reviews_are_kept_and_the_latest_of_a_group_counts(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var (audit, other) = (await ClusteredAudit.SeedAsync(server), await ClusteredAudit.SeedAsync(server));
        var empty = await server.GetAsync<ReviewList>($"/api/audits/{audit.Id}/reviews");
        Assert.Equal((0, 0L, null, null, 0L), (empty.Reviews.Count, empty.Detector.Precision.N, empty.Detector.Precision.Value, empty.Detector.Precision.Low, empty.Detector.Unsure));

        var first = await AddAsync(server, audit.Id, $$"""{"class": "dog", "cluster": {{audit.Standing}}, "mark": "fine"}""");
        var second = await AddAsync(server, audit.Id, $$"""{"class": "dog", "cluster": {{audit.Standing}}, "mark": "shortcut", "note": " the corner "}""");
        await AddAsync(server, audit.Id, $$"""{"class": "dog", "cluster": {{1 - audit.Standing}}, "mark": "fine"}"""); // Does not stand out: it tells nothing of precision.
        var chosen = await AddAsync(server, audit.Id, """{"class": "cat", "items": [9, 3, 9], "mark": "unsure"}""");
        await AddAsync(server, other.Id, $$"""{"class": "dog", "cluster": {{other.Standing}}, "mark": "unsure"}""");
        Assert.Equal((ReviewKind.Cluster, audit.Standing, true, ReviewMark.Shortcut, "the corner"), (second.Kind, second.Cluster, second.StoodOut, second.Mark, second.Note));
        Assert.Equal(audit.Grouped.ItemsOf(audit.Standing), second.Items);
        Assert.Equal((ReviewKind.Selection, null, false), (chosen.Kind, chosen.Cluster, chosen.StoodOut));
        Assert.Equal([3, 9], chosen.Items);

        var list = await server.GetAsync<ReviewList>($"/api/audits/{audit.Id}/reviews");
        Assert.Equal(4, list.Reviews.Count);
        Assert.Equal([(chosen.Id, false), (second.Id, false), (first.Id, true)], list.Reviews.Where(review => review.Id != chosen.Id - 1).Select(review => (review.Id, review.Replaced)));
        // One of one: Wilson's interval from 1 / (1 + z²).
        Assert.Equal((1.0, 1L, 1.0, 0L), (list.Detector.Precision.Successes, list.Detector.Precision.N, list.Detector.Precision.Value, list.Detector.Unsure));
        Assert.Equal(1 / (1 + (1.959964 * 1.959964)), list.Detector.Precision.Low!.Value, 1e-5);
        var unsure = (await server.GetAsync<ReviewList>($"/api/audits/{other.Id}/reviews")).Detector;
        Assert.Equal((0L, null, 1L), (unsure.Precision.N, unsure.Precision.Value, unsure.Unsure));

        var page = await server.GetAsync<ReviewList>($"/api/audits/{audit.Id}/reviews?limit=3");
        Assert.Equal(list.Reviews.Take(3).Select(review => review.Id), page.Reviews.Select(review => review.Id));
        var rest = await server.GetAsync<ReviewList>($"/api/audits/{audit.Id}/reviews?limit=3&after={page.Next}");
        Assert.Equal([first.Id], rest.Reviews.Select(review => review.Id));
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Every_problem_of_a_review_is_told_and_nothing_is_stored()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await ClusteredAudit.SeedAsync(server);
        foreach (var (body, problems) in new (string, string[])[]
        {
            ("{}", ["class: missing.", "mark: missing.", "cluster, items: expected"]),
            ("""{"class": "bird", "mark": "bad"}""", ["mark: \"bad\".", "class: no heatmaps of 'bird'", "cluster, items: expected"]),
            ("""{"class": "dog", "mark": "fine", "cluster": 2}""", ["cluster: this class has no group 2. Expected 0 to 1"]),
            ("""{"class": "cat", "mark": "fine", "cluster": 0}""", ["cluster: this class has no group 0, nor any other"]),
            ("""{"class": "dog", "mark": "fine", "cluster": 0, "items": [80]}""", ["cluster, items: expected"]),
            ("""{"class": "dog", "mark": "fine", "items": [80, 1, 2]}""", ["items: 1 is not among"]),
            ($$"""{"class": "dog", "mark": "fine", "cluster": 0, "note": "{{new string('a', 1_001)}}"}""", ["note: 1,001 characters."]),
        })
        {
            var told = await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.PostAsync($"/api/audits/{audit.Id}/reviews", body));
            Assert.All(problems, problem => Assert.Contains(told, one => one.StartsWith(problem, StringComparison.Ordinal)));
            Assert.True(problems.Length == told.Count, string.Join('\n', told));
        }

        Assert.Empty((await server.GetAsync<ReviewList>($"/api/audits/{audit.Id}/reviews")).Reviews);
    }

    [Fact]
    public async Task An_audit_without_places_has_nothing_to_review()
    {
        await using var server = await ApiServer.StartAsync();
        var running = await server.SeedAsync(AuditState.Running);
        const string Review = """{"class": "dog", "cluster": 0, "mark": "fine"}""";
        Assert.Contains("it is running", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Conflict, await server.PostAsync($"/api/audits/{running}/reviews", Review))), StringComparison.Ordinal);
        await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.PostAsync($"/api/audits/{Guid.NewGuid()}/reviews", Review));
        await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.Client.GetAsync($"/api/audits/{Guid.NewGuid()}/reviews", Ct));
    }

    private static async Task<ReviewView> AddAsync(ApiServer server, Guid audit, string review)
    {
        using var answer = await server.PostAsync($"/api/audits/{audit}/reviews", review);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<ReviewView>(ApiJson.Options, Ct))!;
    }
}
