using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>What a person says of groups of heatmaps, on their page.</summary>
public sealed class ReviewPageTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_review_is_stored_shown_and_counted_and_a_later_one_replaces_it()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var audit = await ClusteredAudit.SeedAsync(server);
        var address = $"/audits/{audit.Id}/clusters?class=dog&cluster={audit.Standing}";
        Assert.Contains("No group that stands out is reviewed yet", (await PageAsync(browser, address)).Visible, StringComparison.Ordinal);
        foreach (var (mark, note) in new[] { ("fine", ""), ("shortcut", Hostile.Names[0]) })
        {
            using var answer = await browser.PostAsync($"/audits/{audit.Id}/clusters", await FormAsync(browser, address, ("mark", mark), ("note", note)), Ct);
            Assert.Equal((HttpStatusCode.Redirect, $"{address}#reviews"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        }

        var page = await PageAsync(browser, address);
        Hostile.CheckShown(page, Hostile.Names[0]);
        var rows = page.ById("reviews").Descendants().Where(element => element.Name.LocalName == "tr").Skip(1).ToList();
        Assert.Equal(["shortcut", "finereplaced"], rows.Select(row => row.Elements().ElementAt(1).Value));
        Assert.Contains("review: shortcut", page.Visible, StringComparison.Ordinal);
        Assert.Contains("1 of 1 are shortcuts: 100% (21% to 100%).", page.ById("reviews").Value, StringComparison.Ordinal);
        Assert.Contains("1 of 1 are shortcuts", (await PageAsync(browser, "/system")).Visible, StringComparison.Ordinal);
        // The way back to what was looked at.
        var again = await PageAsync(browser, rows[0].Descendants().First(element => element.Name.LocalName == "a").Attribute("href")!.Value);
        Assert.Contains("Chosen: 40 items", again.Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chosen_items_are_reviewed_and_what_is_wrong_is_told_beside_what_was_typed()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var audit = await ClusteredAudit.SeedAsync(server, Hostile.Names[1]);
        var address = $"/audits/{audit.Id}/clusters?class={Uri.EscapeDataString(Hostile.Names[1])}&items=3,5";
        var sent = await FormAsync(browser, address, ("note", "two of them"));
        var wrong = await ShownPage.OfAsync(await browser.PostAsync($"/audits/{audit.Id}/clusters", sent, Ct), HttpStatusCode.BadRequest);
        Assert.Contains("mark: nothing is chosen", wrong.Visible, StringComparison.Ordinal);
        Assert.Equal(("two of them", "3,5"), (wrong.ById("note").Attribute("value")?.Value, wrong.All("input").First(input => input.Attribute("name")?.Value == "items" && input.Attribute("type")?.Value == "hidden").Attribute("value")?.Value));
        using var stored = await browser.PostAsync($"/audits/{audit.Id}/clusters", await FormAsync(browser, address, ("mark", "unsure")), Ct);
        Assert.Equal(HttpStatusCode.Redirect, stored.StatusCode);
        var page = await PageAsync(browser, stored.Headers.Location!.OriginalString.Split('#')[0]);
        Assert.Contains("2 items", page.ById("reviews").Value, StringComparison.Ordinal);
        Assert.Contains("Chosen: 2 items", page.Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_somebody_else_stores_nothing()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = Browser(server);
        var audit = await ClusteredAudit.SeedAsync(server);
        using var sent = await FormAsync(browser, $"/audits/{audit.Id}/clusters?class=dog&cluster=0", ("mark", "fine"));
        using var stranger = new HttpClient { BaseAddress = server.Client.BaseAddress };
        var page = await ShownPage.OfAsync(await stranger.PostAsync($"/audits/{audit.Id}/clusters", sent, Ct), HttpStatusCode.BadRequest);
        Assert.Contains("was not made by this server", page.Visible, StringComparison.Ordinal);
        Assert.Empty((await server.GetAsync<ReviewList>($"/api/audits/{audit.Id}/reviews")).Reviews);
    }

    [Fact]
    public async Task Only_who_may_change_the_audit_is_asked_and_others_reviews_do_not_count_for_a_visitor()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}");
        var (mine, anothers) = (await ClusteredAudit.SeedAsync(server), await ClusteredAudit.SeedAsync(server));
        await server.ChangeAsync(db => db.Audits.ExecuteUpdateAsync(row => row.SetProperty(one => one.CreatedBy, one => one.Id == mine.Id ? "key:me" : "key:another"), Ct));
        var (viewer, submitter) = ((await server.KeyAsync(KeyScope.Viewer, "me")).Text, (await server.KeyAsync(KeyScope.Submitter, "me")).Text);
        foreach (var (audit, key) in new[] { (mine, submitter), (anothers, Admin) })
        {
            using var answer = await server.SendAsync("POST", $"/api/audits/{audit.Id}/reviews", key, $$"""{"class": "dog", "cluster": {{audit.Standing}}, "mark": "shortcut"}""");
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        var address = $"/audits/{mine.Id}/clusters?class=dog&cluster=0";
        foreach (var (key, asked, counted) in new[] { (viewer, false, 1), (submitter, true, 1), (Admin, true, 2) })
        {
            var page = await ShownPage.OfAsync(await server.SendAsync("GET", address, key), HttpStatusCode.OK);
            Assert.Equal(asked, page.All("form").Any(form => form.Attribute("class")?.Value == "fields review"));
            Assert.Contains("key:me", page.ById("reviews").Value, StringComparison.Ordinal);
            Assert.Contains($"{counted} of {counted} are shortcuts", page.ById("reviews").Value, StringComparison.Ordinal);
            Assert.Contains($"{counted} of {counted} are shortcuts", (await ShownPage.OfAsync(await server.SendAsync("GET", "/system", key), HttpStatusCode.OK)).Visible, StringComparison.Ordinal);
        }
    }

    private static HttpClient Browser(ApiServer server) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Client.BaseAddress };

    private static async Task<ShownPage> PageAsync(HttpClient browser, string address) => await ShownPage.OfAsync(await browser.GetAsync(address, Ct), HttpStatusCode.OK);

    /// <summary>The form as it is served, with some fields filled.</summary>
    private static async Task<FormUrlEncodedContent> FormAsync(HttpClient browser, string address, params (string Name, string Value)[] filled)
    {
        var form = (await PageAsync(browser, address)).All("form").Single(one => one.Attribute("method")?.Value == "post");
        var hidden = form.Descendants().Where(element => element.Attribute("type")?.Value == "hidden").Select(element => KeyValuePair.Create(element.Attribute("name")!.Value, element.Attribute("value")!.Value));
        return new(hidden.Concat(filled.Select(one => KeyValuePair.Create(one.Name, one.Value))));
    }
}
