using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Coordinator.Tests.Front;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access.Sessions;

/// <summary>A visitor enters a key on a page, and has a session from then on.</summary>
public sealed class KeySessionTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitor_is_asked_who_it_is_and_then_led_where_it_wanted_to_go()
    {
        await using var server = await StartAsync();
        using var browser = new Browser(server);
        using var asked = await browser.GetAsync("/compare?first=0198c0de-0000-7000-8000-000000000000");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var form = await ShownPage.OfAsync(await browser.FollowAsync(asked), HttpStatusCode.OK);
        Assert.Equal("password", form.ById("key").Attribute("type")?.Value);
        var entered = await browser.SubmitAsync(form, "/sign-in", ("key", Admin));
        Assert.Equal((HttpStatusCode.Redirect, "/compare?first=0198c0de-0000-7000-8000-000000000000"), (entered.StatusCode, entered.Headers.Location?.OriginalString));
        Assert.Contains("Signed in as admin", (await browser.PageAsync("/")).Visible, StringComparison.Ordinal);
        Assert.Equal("/", (await browser.GetAsync("/sign-in")).Headers.Location?.OriginalString); // It has been here already.
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("GET", "/", null)).StatusCode); // A program is not led anywhere.
    }

    [Fact]
    public async Task Wrong_key_is_told_without_being_repeated_and_opens_nothing()
    {
        await using var server = await StartAsync();
        using var browser = new Browser(server);
        var revoked = await server.KeyAsync(KeyScope.Viewer, "me");
        (await server.SendAsync("POST", $"/api/keys/{revoked.Key.Id}/revoke", Admin)).Dispose();
        foreach (var (key, told) in new[] { (Admin[..^1] + "0", "not known here"), ("", "not known here"), ("<script>", "not known here"), (revoked.Text, "was revoked") })
        {
            var page = await ShownPage.OfAsync(await browser.SignInAsync(key), HttpStatusCode.Unauthorized);
            Assert.Contains(told, page.Visible, StringComparison.Ordinal);
            Assert.True(key.Length == 0 || !page.Text.Contains(key, StringComparison.Ordinal), key);
            Assert.Null(browser.Session);
        }
    }

    [Fact]
    public async Task Cookie_is_for_this_server_alone_and_the_key_is_not_in_it()
    {
        await using var server = await StartAsync();
        using var browser = new Browser(server);
        using var plain = await browser.SignInAsync(Admin);
        var cookie = plain.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("batchxai-session=", StringComparison.Ordinal));
        Assert.EndsWith("; path=/; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("bxk_", Uri.UnescapeDataString(cookie), StringComparison.Ordinal);
        Assert.DoesNotContain(Admin[^20..], server.Log.Text, StringComparison.Ordinal);

        // Elsewhere, or where it is said that browsers find it by TLS, no cookie goes without TLS.
        await using var known = await server.BesideAsync($"--Access:AdminKey={Admin}", "--Access:PublicAddress=https://batchxai.example");
        foreach (var (at, host) in new[] { (server, "batchxai.example"), (known, "localhost") })
        {
            var (form, formCookie) = await FormAsync(at, host);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("key", Admin), .. form]), Headers = { Host = host } };
            request.Headers.Add("Cookie", formCookie);
            using var secured = await BareAsync(at, request);
            Assert.EndsWith("; path=/; secure; samesite=lax; httponly", secured.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("__Host-batchxai-session=", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/submit", "/submit")]
    [InlineData("/?state=done", "/?state=done")]
    [InlineData("//example.org", "/")]
    [InlineData("/\\example.org", "/")]
    [InlineData("https://example.org/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("example.org", "/")]
    [InlineData("/sign-in?return=/sign-in", "/")]
    public async Task Nobody_is_led_away_from_this_server(string asked, string led)
    {
        await using var server = await StartAsync();
        using var browser = new Browser(server);
        Assert.Equal(led, (await browser.SignInAsync(Admin, asked)).Headers.Location?.OriginalString);
        var form = await new Browser(server).PageAsync("/sign-in");
        using var forger = new Browser(server);
        Assert.Equal(led, (await forger.SubmitAsync(await forger.PageAsync("/sign-in"), "/sign-in", ("key", Admin), ("return", asked))).Headers.Location?.OriginalString);
        Assert.Equal("/", form.All("input").Single(field => field.Attribute("name")?.Value == "return").Attribute("value")?.Value);
    }

    [Theory, EachDatabase]
    public async Task Session_opens_what_its_key_opens_and_ends_with_it(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind, $"--Access:AdminKey={Admin}");
        var (mine, anothers) = (await server.SeedOfAsync("key:me"), await server.SeedOfAsync("key:another"));
        var key = await server.KeyAsync(KeyScope.Viewer, "me");
        using var browser = await Browser.SignedInAsync(server, key.Text);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/audits/{mine}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/audits/{anothers}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/submit", [])).StatusCode); // It may only look.
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/audits")).StatusCode); // No page of another site can do anything there.
        (await server.SendAsync("POST", $"/api/keys/{key.Key.Id}/revoke", Admin)).Dispose();
        Assert.StartsWith("/sign-in?return=", (await browser.GetAsync($"/audits/{mine}")).Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Null(browser.Session);
        Assert.Contains("Nobody is signed in", (await ShownPage.OfAsync(await browser.PostAsync("/submit", []), HttpStatusCode.Unauthorized)).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_ends_an_hour_after_its_last_request_and_eight_after_it_began()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await ApiServer.StartAsync(clock, $"--Access:AdminKey={Admin}");
        using var idle = await Browser.SignedInAsync(server, Admin);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await idle.GetAsync("/system")).StatusCode);
        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.Redirect, (await idle.GetAsync("/system")).StatusCode);
        using var busy = await Browser.SignedInAsync(server, Admin);
        for (var minutes = 0; minutes < 8 * 60; minutes += 40)
        {
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/system")).StatusCode);
            clock.Advance(TimeSpan.FromMinutes(40));
        }

        Assert.Equal(HttpStatusCode.Redirect, (await busy.GetAsync("/system")).StatusCode);
    }

    [Fact]
    public async Task Cookie_that_was_changed_or_is_anothers_opens_nothing()
    {
        await using var server = await StartAsync();
        await using var stranger = await StartAsync(); // The same key, another database.
        using var browser = await Browser.SignedInAsync(server, Admin);
        var sealedText = browser.Session!;
        foreach (var (at, cookie, status) in new[]
        {
            (server, sealedText, HttpStatusCode.OK), (stranger, sealedText, HttpStatusCode.Unauthorized), (server, sealedText[..^2], HttpStatusCode.Unauthorized), (server, $"{sealedText[..40]}{(sealedText[40] == 'A' ? 'B' : 'A')}{sealedText[41..]}", HttpStatusCode.Unauthorized), (server, "", HttpStatusCode.Unauthorized),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/system") { Headers = { { "Cookie", $"batchxai-session={cookie}" } } };
            using var answer = await BareAsync(at, request);
            Assert.Equal(status, answer.StatusCode);
        }

        // The key of the settings was replaced by another of the same id.
        await using var rekeyed = await server.BesideAsync($"--Access:AdminKey=bxk_admin_{new string('7', 64)}");
        using var old = new HttpRequestMessage(HttpMethod.Get, "/system") { Headers = { { "Cookie", $"batchxai-session={sealedText}" } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await BareAsync(rekeyed, old)).StatusCode);
    }

    [Theory, EachDatabase]
    public async Task One_coordinator_opens_what_another_has_sealed(DatabaseKind kind)
    {
        await using var first = await ApiServer.StartAsync(kind, $"--Access:AdminKey={Admin}");
        using var browser = await Browser.SignedInAsync(first, Admin);
        await using var second = await first.BesideAsync($"--Access:AdminKey={Admin}");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/system") { Headers = { { "Cookie", $"batchxai-session={browser.Session}" } } };
        Assert.Equal(HttpStatusCode.OK, (await BareAsync(second, request)).StatusCode);
        // A form of the one is taken by the other.
        var (form, formCookie) = await FormAsync(first, "127.0.0.1");
        using var post = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("key", Admin), .. form]) };
        post.Headers.Add("Cookie", formCookie);
        Assert.Equal(HttpStatusCode.Redirect, (await BareAsync(second, post)).StatusCode);
    }

    [Fact]
    public async Task Who_signs_out_is_out_and_no_other_page_can_do_either_for_a_visitor()
    {
        await using var server = await StartAsync();
        using var browser = await Browser.SignedInAsync(server, Admin);
        var page = await browser.PageAsync("/");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/sign-out", [])).StatusCode);
        Assert.NotNull(browser.Session);
        Assert.Equal("/sign-in", (await browser.SubmitAsync(page, "/sign-out")).Headers.Location?.OriginalString);
        Assert.Null(browser.Session);
        Assert.Equal(HttpStatusCode.BadRequest, (await new Browser(server).PostAsync("/sign-in", [new("key", Admin)])).StatusCode);
    }

    [Theory]
    [InlineData("https://batchxai.example", HttpStatusCode.BadRequest)] // As far as the form, which has no seal.
    [InlineData("https://example.org", HttpStatusCode.Forbidden)]
    [InlineData("https://batchxai.example.org", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Pages_of_the_public_address_are_our_own(string origin, HttpStatusCode status)
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}", "--Access:PublicAddress=https://batchxai.example");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([]), Headers = { { "Origin", origin } } };
        using var answer = await BareAsync(server, request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Open_server_asks_nobody_and_has_no_way_in()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = new Browser(server);
        Assert.DoesNotContain((await browser.PageAsync("/")).All("form"), form => form.Attribute("action")?.Value == "/sign-out");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/sign-in")).StatusCode);
    }

    [Fact]
    public async Task Who_entered_and_who_was_not_let_in_is_noted()
    {
        await using var server = await StartAsync();
        using var browser = await Browser.SignedInAsync(server, Admin);
        (await new Browser(server).SignInAsync("bxk_no")).Dispose();
        var noted = new List<(string?, string, int)>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (noted.Count < 2)
        {
            await server.ChangeAsync(async db => noted = [.. (await db.AccessLog.OrderBy(row => row.Id).ToListAsync(limit.Token)).Select(row => (row.Subject, row.Action, row.Outcome))]);
        }

        Assert.Equal([("key:admin", "POST /sign-in", 302), (null, "POST /sign-in", 401)], noted);
    }

    private static Task<ApiServer> StartAsync() => ApiServer.StartAsync($"--Access:AdminKey={Admin}");

    /// <summary>The hidden fields of the form, and the cookie that belongs to them.</summary>
    private static async Task<(IEnumerable<KeyValuePair<string, string>> Fields, string Cookie)> FormAsync(ApiServer server, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = host } };
        using var answer = await BareAsync(server, request);
        var page = await ShownPage.OfAsync(answer, HttpStatusCode.OK);
        return (page.All("input").Where(field => field.Attribute("type")?.Value == "hidden").Select(field => KeyValuePair.Create(field.Attribute("name")!.Value, field.Attribute("value")!.Value)), answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    /// <summary>Sends just this: no cookie of its own, and it is led nowhere.</summary>
    private static async Task<HttpResponseMessage> BareAsync(ApiServer server, HttpRequestMessage request)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Client.BaseAddress };
        return await client.SendAsync(request, Ct);
    }
}
