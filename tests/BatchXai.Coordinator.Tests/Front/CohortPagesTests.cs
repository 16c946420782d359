using System.Net;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Browse;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>Filters that are kept under names, as people save, choose, rename and delete them.</summary>
public sealed class CohortPagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Filter_is_saved_under_any_name_and_its_items_are_shown_with_a_way_out()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var audit = await BrowsedAudit.SeedAsync(server);
        foreach (var name in Hostile.CohortNames)
        {
            var filtered = await PageAsync(browser, $"/audits/{audit}/items?class={Uri.EscapeDataString(BrowsedRows.Hostile)}&focus_to=.3&sort=confidence");
            using var saved = await SendAsync(browser, filtered, "/cohorts", ("name", name));
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
            var page = await ShownPage.GetAsync(server, saved.Headers.Location!.OriginalString);
            Hostile.CheckShown(page, name);
            Assert.Equal(Items(filtered).Order(), Items(page).Order());
            var banner = page.All("aside").Single();
            Assert.Equal(name, banner.Descendants("bdi").First().Value);
            Assert.Contains(BrowsedRows.Hostile, banner.Value, StringComparison.Ordinal);
            // Measures are those of one method, whatever another audit lists first.
            Assert.Contains("Grad-CAM", banner.Value, StringComparison.Ordinal);
            var left = await ShownPage.GetAsync(server, banner.Descendants("a").Last().Attribute("href")!.Value);
            Assert.Empty(left.All("aside"));
            Assert.True(Items(left).Count > Items(page).Count);
            // Further filters are of the cohort's items, and lead to items that know it.
            var further = await ShownPage.GetAsync(server, $"/audits/{audit}/items?cohort={Uri.EscapeDataString(name)}&correct=false");
            Assert.Empty(Items(further).Except(Items(page)));
            Assert.Contains("cohort=", further.All("article").First().Descendants("a").First().Attribute("href")!.Value, StringComparison.Ordinal);
            Assert.Equal(name, (await ShownPage.GetAsync(server, further.All("article").First().Descendants("a").First().Attribute("href")!.Value)).All("aside").Single().Descendants("bdi").First().Value);
        }

        var list = await ShownPage.GetAsync(server, "/cohorts");
        Assert.All(Hostile.CohortNames, name => Hostile.CheckShown(list, name));
    }

    [Fact]
    public async Task Cohorts_are_renamed_and_deleted_and_a_name_that_is_taken_is_told()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var audit = await BrowsedAudit.SeedAsync(server);
        foreach (var name in new[] { "first", "second" })
        {
            await SendAsync(browser, await PageAsync(browser, $"/audits/{audit}/items?class=cat"), "/cohorts", ("name", name), ("only", "true"));
        }

        var taken = await ShownPage.OfAsync(await SendAsync(browser, await PageAsync(browser, $"/audits/{audit}/items?class=dog"), "/cohorts", ("name", "first")), HttpStatusCode.BadRequest);
        Assert.Contains("Choose another name", taken.Visible, StringComparison.Ordinal);
        Assert.Equal("first", taken.ById("cohort-name").Attribute("value")!.Value);
        var list = await PageAsync(browser, "/cohorts");
        var rename = list.All("form").Select(form => form.Attribute("action")!.Value).Where(action => action.EndsWith("/rename", StringComparison.Ordinal)).ToList();
        await ShownPage.OfAsync(await SendAsync(browser, list, rename[0], ("name", "second")), HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(browser, list, rename[0], ("name", "third"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(browser, list, rename[1].Replace("rename", "delete", StringComparison.Ordinal))).StatusCode);
        Assert.Equal("third", (await PageAsync(browser, "/cohorts")).All("tbody").Single().Elements().Single().Elements().First().Value);
        // It is for one audit alone.
        var other = await ShownPage.GetAsync(server, $"/audits/{await BrowsedAudit.SeedAsync(server)}/items?cohort=third", HttpStatusCode.BadRequest);
        Assert.Contains("is for another audit", other.Visible, StringComparison.Ordinal);
        Assert.Contains("there is no cohort 'first'", (await ShownPage.GetAsync(server, $"/audits/{audit}/items?cohort=first", HttpStatusCode.BadRequest)).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_that_were_picked_one_by_one_are_kept_for_their_audit_alone()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var audit = await BrowsedAudit.SeedAsync(server);
        var picked = await PageAsync(browser, $"/audits/{audit}/items?items=1,9,40");
        Assert.Equal(3, Items(picked).Count);
        using var saved = await SendAsync(browser, picked, "/cohorts", ("name", "picked"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(Items(picked), Items(await ShownPage.GetAsync(server, saved.Headers.Location!.OriginalString)));
        await ShownPage.GetAsync(server, $"/audits/{await BrowsedAudit.SeedAsync(server)}/items?cohort=picked", HttpStatusCode.BadRequest);
        await ShownPage.GetAsync(server, $"/audits/{audit}/items?items=1,x", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_form_of_somebody_else_changes_nothing()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var page = await PageAsync(browser, $"/audits/{await BrowsedAudit.SeedAsync(server)}/items?class=cat");
        using var stranger = Browser(server);
        await ShownPage.OfAsync(await SendAsync(stranger, page, "/cohorts", ("name", "mine")), HttpStatusCode.BadRequest);
        Assert.Contains("There is none yet", (await PageAsync(browser, "/cohorts")).Visible, StringComparison.Ordinal);
    }

    private static HttpClient Browser(ApiServer server) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Client.BaseAddress };

    private static async Task<ShownPage> PageAsync(HttpClient browser, string address) => await ShownPage.OfAsync(await browser.GetAsync(address, Ct), HttpStatusCode.OK);

    /// <summary>Sends the form of a page that leads to an address, with some fields filled.</summary>
    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, ShownPage page, string action, params (string Name, string Value)[] filled)
    {
        var form = page.All("form").Single(form => form.Attribute("action")!.Value == action);
        var fields = form.Descendants().Where(element => element.Name.LocalName == "input" && element.Attribute("type")?.Value != "checkbox" && filled.All(one => one.Name != element.Attribute("name")?.Value))
            .Select(element => KeyValuePair.Create(element.Attribute("name")!.Value, element.Attribute("value")?.Value ?? ""));
        return browser.PostAsync(action, new FormUrlEncodedContent(fields.Concat(filled.Select(one => KeyValuePair.Create(one.Name, one.Value)))), Ct);
    }

    private static IReadOnlyList<string> Items(ShownPage page) => [.. page.All("article").Select(card => card.Descendants("a").First().Attribute("href")!.Value.Split('?')[0])];
}
