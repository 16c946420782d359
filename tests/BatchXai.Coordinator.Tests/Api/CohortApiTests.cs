using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Coordinator.Tests.Front;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class CohortApiTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Cohorts_are_saved_listed_by_name_and_deleted_by_name_or_id(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var saved = new List<CohortView>();
        foreach (var name in Hostile.CohortNames)
        {
            var filter = $"?correct=false&class={Uri.EscapeDataString(name)}";
            using var answer = await server.PostAsync("/api/cohorts", JsonSerializer.Serialize(new { name, filter }));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            saved.Add((await answer.Content.ReadFromJsonAsync<CohortView>(ApiJson.Options, Ct))!);
            // Names stay as they are; filters are put in one order.
            Assert.Equal((name, name), (saved[^1].Name, System.Web.HttpUtility.ParseQueryString(saved[^1].Filter)["class"]));
            Assert.StartsWith("class=", saved[^1].Filter, StringComparison.Ordinal);
        }

        Assert.Equal(saved.Select(cohort => cohort.Id).Order(), (await server.GetAsync<List<CohortView>>("/api/cohorts")).Select(cohort => cohort.Id).Order());
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", $"/api/cohorts/{saved[0].Id}", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", $"/api/cohorts/{Uri.EscapeDataString(saved[^1].Name)}", null)).StatusCode);
        await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.SendAsync("DELETE", $"/api/cohorts/{saved[0].Id}", null));
        Assert.Equal(saved.Count - 2, (await server.GetAsync<List<CohortView>>("/api/cohorts")).Count);
    }

    [Theory, EachDatabase]
    public async Task Everything_wrong_is_told_at_once_and_a_name_is_taken_once(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var problems = await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.PostAsync("/api/cohorts", """{"name": " x", "filter": "class=cat&sort=focus&taste=sweet&focus_from=warm"}"""));
        Assert.All(["name: ' x'", "filter: sort is no part", "filter: taste: unknown", "filter: focus_from: 'warm'"], start => Assert.Contains(problems, problem => problem.StartsWith(start, StringComparison.Ordinal)));
        foreach (var filter in new[] { "", "?", "unlabelled=false", "method=gradcam" })
        {
            var problem = Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.PostAsync("/api/cohorts", JsonSerializer.Serialize(new { name = "x", filter }))));
            Assert.Contains("leaves no item out", problem, StringComparison.Ordinal);
        }

        Assert.Contains("places in the dataset of one audit", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.PostAsync("/api/cohorts", """{"name": "x", "filter": "items=1,5"}"""))), StringComparison.Ordinal);
        Assert.StartsWith("auditId:", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.BadRequest, await server.PostAsync("/api/cohorts", JsonSerializer.Serialize(new { name = "x", filter = "class=cat", auditId = Guid.NewGuid() })))), StringComparison.Ordinal);
        // Two may save the same name at once: one has it.
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.PostAsync("/api/cohorts", """{"name": "x", "filter": "class=cat"}""")));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Created), answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
    }

    [Fact]
    public async Task Callers_have_their_own_cohorts_and_administrators_all()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}");
        var (one, other, viewer) = ((await server.KeyAsync(KeyScope.Submitter, "one")).Text, (await server.KeyAsync(KeyScope.Submitter, "other")).Text, (await server.KeyAsync(KeyScope.Viewer, "one")).Text);
        const string Body = """{"name": "hard", "filter": "correct=false"}""";
        Assert.Equal(HttpStatusCode.Created, (await server.SendAsync("POST", "/api/cohorts", one, Body)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await server.SendAsync("POST", "/api/cohorts", other, Body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync("POST", "/api/cohorts", viewer, Body)).StatusCode);
        Assert.Equal("key:one", Assert.Single(await ListAsync(server, viewer)).CreatedBy);
        Assert.Equal(2, (await ListAsync(server, Admin)).Count);
        var anothers = Assert.Single(await ListAsync(server, other)).Id;
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync("DELETE", $"/api/cohorts/{anothers}", one)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync("DELETE", "/api/cohorts/hard", Admin)).StatusCode); // Two are called so.
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", "/api/cohorts/hard", one)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", $"/api/cohorts/{anothers}", Admin)).StatusCode);
    }

    [Fact]
    public async Task Where_everyone_sees_all_audits_they_see_all_cohorts_and_change_their_own()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}", "--Access:AuditsVisibleTo=everyone");
        var (one, other) = ((await server.KeyAsync(KeyScope.Submitter, "one")).Text, (await server.KeyAsync(KeyScope.Submitter, "other")).Text);
        await server.SendAsync("POST", "/api/cohorts", one, """{"name": "hard", "filter": "correct=false"}""");
        Assert.Single(await ListAsync(server, other));
        Assert.Contains("another's", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.Forbidden, await server.SendAsync("DELETE", "/api/cohorts/hard", other))), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Cohort_of_one_audit_goes_with_it(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind);
        var audit = await server.SeedOfAsync("key:me");
        foreach (var (name, of) in new[] { ("its", (Guid?)audit), ("any", null) })
        {
            Assert.Equal(HttpStatusCode.Created, (await server.PostAsync("/api/cohorts", JsonSerializer.Serialize(new { name, filter = "class=cat", auditId = of }))).StatusCode);
        }

        await server.ChangeAsync(db => server.Database.Dialect.DeleteAuditAsync(db, audit, Ct));
        var left = "";
        await server.ChangeAsync(async db => left = (await db.Cohorts.SingleAsync(Ct)).Name);
        Assert.Equal("any", left);
    }

    private static async Task<List<CohortView>> ListAsync(ApiServer server, string key) =>
        JsonSerializer.Deserialize<List<CohortView>>(await (await server.SendAsync("GET", "/api/cohorts", key)).Content.ReadAsStringAsync(Ct), ApiJson.Options)!;
}
