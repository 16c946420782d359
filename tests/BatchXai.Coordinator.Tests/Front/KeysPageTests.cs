using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Tests.Access.Sessions;
using BatchXai.Coordinator.Tests.Api;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

public sealed class KeysPageTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task A_key_is_shown_once_opens_and_is_revoked()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}");
        using var browser = await Browser.SignedInAsync(server, Admin);
        var home = await browser.PageAsync("/");
        Assert.All(["/keys", "/access-log"], link => Assert.Contains(link, home.Links));
        var page = await ShownPage.OfAsync(await browser.SubmitAsync(await browser.PageAsync("/keys"), "/keys", ("name", "ci"), ("scope", "submitter"), ("expiresInDays", "30")), HttpStatusCode.Created);
        Assert.True(page.Answer.Headers.CacheControl!.NoStore);
        var key = page.ById("new-key").Value;
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/api/audits", key)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync("GET", "/api/keys", key)).StatusCode);
        var later = await browser.PageAsync("/keys");
        Assert.DoesNotContain(key, later.Text, StringComparison.Ordinal);
        var id = KeyText.Parse(key)!.Id;
        var row = later.All("tr").Single(one => one.Value.Contains(id, StringComparison.Ordinal)).Value;
        Assert.All(["ci", "submitter", "opens until", "by key:admin"], told => Assert.Contains(told, row, StringComparison.Ordinal));

        var question = await browser.PageAsync(later.Links.Single(link => link.Contains(id, StringComparison.Ordinal)));
        Assert.Contains($"Revoke key {id} of ci?", question.Visible, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync($"/keys/{id}/revoke", [])).StatusCode); // Nobody else's form does.
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/api/audits", key)).StatusCode);
        Assert.Equal("/keys", (await browser.SubmitAsync(question, $"/keys/{id}/revoke")).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/api/audits", key)).StatusCode);
        var after = await browser.PageAsync("/keys");
        Assert.DoesNotContain(after.Links, link => link.Contains(id, StringComparison.Ordinal));
        Assert.Contains("revoked", after.All("tr").Single(one => one.Value.Contains(id, StringComparison.Ordinal)).Value, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/keys/%3Cscript%3E/revoke")).StatusCode);
    }

    [Fact]
    public async Task Every_problem_is_told_and_no_key_made()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}");
        using var browser = await Browser.SignedInAsync(server, Admin);
        var page = await ShownPage.OfAsync(await browser.SubmitAsync(await browser.PageAsync("/keys"), "/keys", ("name", Hostile.Names[0]), ("scope", "root"), ("expiresInDays", "soon")), HttpStatusCode.BadRequest);
        Assert.All(["scope: 'root'", "expiresInDays: 'soon'", "name: '"], problem => Assert.Contains(problem, page.Visible, StringComparison.Ordinal));
        Assert.Equal(Hostile.Names[0], page.ById("name").Attribute("value")?.Value);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/keys", [new("name", "ci"), new("scope", "admin")])).StatusCode);
        Assert.Contains("None.", (await browser.PageAsync("/keys")).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_revokes_the_own_key_is_warned_and_then_out()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}");
        var own = await server.KeyAsync(KeyScope.Admin, "me");
        using var browser = await Browser.SignedInAsync(server, own.Text);
        var question = await browser.PageAsync($"/keys/{own.Key.Id}/revoke");
        Assert.Contains("you will be signed out", question.Visible, StringComparison.Ordinal);
        var done = await browser.FollowAsync(await browser.SubmitAsync(question, $"/keys/{own.Key.Id}/revoke"));
        Assert.Equal("/sign-in", done.RequestMessage!.RequestUri!.AbsolutePath);
    }
}
