using System.Net;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Api;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>A cohort on the page of an audit, and on that of two.</summary>
public sealed class CohortFiguresTests
{
    [Fact]
    public async Task Audit_shows_the_cohort_beside_the_rest_and_its_links_keep_it()
    {
        await using var server = await ApiServer.StartAsync();
        await FinishedAudit.SeedAsync(server);
        // 80 cats with κ .6, 40 dogs with κ −.2.
        var audit = await FinishedAudit.SeedAsync(server, [.. Enumerable.Range(0, 120).Select(item => item < 80 ? Sample.Map(item, .8) : Sample.Map(item, .4, "dog", correct: false))], report => report);
        using var saved = await server.PostAsync("/api/cohorts", """{"name": "only <b>dogs</b>", "filter": "class=dog"}""");
        Assert.Equal(HttpStatusCode.Created, saved.StatusCode);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}?cohort=only%20%3Cb%3Edogs%3C%2Fb%3E");
        Assert.Equal("only <b>dogs</b>", page.All("aside").Single().Descendants("bdi").First().Value);
        var lines = page.ById("cohort-figures").Descendants("tr").ToDictionary(row => row.Elements().First().Nodes().First().ToString(), row => row.Elements("td").Select(cell => cell.Elements("b").First().Value).ToList());
        Assert.Equal(["40", "80", "120", ""], lines["Items"]);
        Assert.Equal(["0%", "100%", "67%", ""], lines["Accuracy"]);
        Assert.Equal(["−0.20", "0.60", "0.33", "−0.80"], lines["Focus κ, masks"]);
        Assert.Equal(["60%", "20%", "33%", ""], lines["Background attention, masks"]);
        Assert.Contains("INSUFFICIENT", page.ById("cohort-figures").Value, StringComparison.Ordinal); // 40 items are fewer than 50.
        Assert.Contains($"/audits/{audit.Id}/items?outcome=explained&cohort=only%20%3Cb%3Edogs%3C%2Fb%3E", page.Links);
        Assert.Contains($"/audits/{audit.Id}", page.Links);
        var choice = await ShownPage.GetAsync(server, page.Links.Single(link => link.StartsWith("/compare?", StringComparison.Ordinal)));
        Assert.Equal("only <b>dogs</b>", choice.All("input").Single(field => field.Attribute("name")?.Value == "cohort").Attribute("value")!.Value);

        // A filter needs no name, and links that say something else themselves do not say it twice.
        var filtered = await ShownPage.GetAsync(server, $"/audits/{audit.Id}?class=cat&focus_from=.1");
        Assert.Contains("80 of 120 items", filtered.Visible, StringComparison.Ordinal);
        Assert.Contains("by choice, and no finding", filtered.Visible, StringComparison.Ordinal);
        Assert.DoesNotContain("INSUFFICIENT", filtered.ById("cohort-figures").Value, StringComparison.Ordinal);
        Assert.All(filtered.Links.Where(link => link.Contains("/items?", StringComparison.Ordinal)), link => Assert.Single(link.Split('?')[1].Split('&'), part => part.StartsWith("class=", StringComparison.Ordinal)));
        Assert.Contains("focus_from: 'warm'", (await ShownPage.GetAsync(server, $"/audits/{audit.Id}?focus_from=warm", HttpStatusCode.BadRequest)).Visible, StringComparison.Ordinal);
        Assert.Contains("unknown parameter", (await ShownPage.GetAsync(server, $"/audits/{audit.Id}?sort=focus", HttpStatusCode.BadRequest)).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audits_are_compared_on_the_items_of_the_first_ones_cohort_alone()
    {
        await using var server = await ApiServer.StartAsync();
        var (first, second) = (await SeedAsync(server, .8), await SeedAsync(server, .7));
        var all = await ShownPage.GetAsync(server, $"/compare?first={first}&second={second}");
        Assert.Contains("120 items are compared", all.Visible, StringComparison.Ordinal);
        using var saved = await server.PostAsync("/api/cohorts", """{"name": "dogs", "filter": "class=dog"}""");
        var page = await ShownPage.GetAsync(server, $"/compare?first={first}&second={second}&cohort=dogs");
        Assert.Contains("40 items are compared, all of the same dataset; 0 are only in the first audit, 0 only in the second", page.Visible, StringComparison.Ordinal);
        Assert.Equal($"/compare?first={first}&second={second}", page.All("aside").Single().Descendants("a").Last().Attribute("href")!.Value);
        Assert.Contains("Only items of the first audit that match are compared", page.Visible, StringComparison.Ordinal);
        Assert.Contains("The first audit has none of these items", (await ShownPage.GetAsync(server, $"/compare?first={first}&second={second}&class=nobody", HttpStatusCode.BadRequest)).Visible, StringComparison.Ordinal);
        Assert.Contains("there is no cohort 'nobody'", (await ShownPage.GetAsync(server, $"/compare?first={first}&second={second}&cohort=nobody", HttpStatusCode.BadRequest)).Visible, StringComparison.Ordinal);
    }

    private static async Task<Guid> SeedAsync(ApiServer server, double energy) =>
        (await FinishedAudit.SeedAsync(server, [.. Enumerable.Range(0, 120).Select(item => Sample.Map(item, item % 2 == 0 ? energy : .6, item < 80 ? "cat" : "dog"))], report => report)).Id;
}
