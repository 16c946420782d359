using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Front;
using BatchXai.Testing.Services;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access.Sessions;

/// <summary>People sign in at a real issuer, over HTTP as their browsers do.</summary>
public sealed class IssuerSignInTests
{
    private const string AdminKey = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_signs_in_at_the_issuer_and_may_do_what_the_role_says()
    {
        await using var issuer = await IssuerServer.StartPrivateAsync(Ct);
        await using var server = await StartAsync(issuer);
        var (hers, anothers) = (await server.SeedOfAsync("user:ada"), await server.SeedOfAsync("key:ada"));
        using var browser = new Browser(server);
        var page = await ShownPage.OfAsync(await SignInAsync(browser, "ada+batchxai-submitter+other", $"/audits/{hers}"), HttpStatusCode.OK);
        Assert.Equal($"/audits/{hers}", page.Answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("Signed in as ada of the tests", page.Visible, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/audits/{anothers}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/submit", [])).StatusCode); // Not forbidden: it lacks what the form has.
        await browser.SubmitAsync(await browser.PageAsync("/"), "/sign-out");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync($"/audits/{hers}")).StatusCode);
        var noted = Array.Empty<(string?, string, int)>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (noted.Length == 0)
        {
            await server.ChangeAsync(async db => noted = [.. (await db.AccessLog.Where(row => row.Action == "GET /sign-in/answer").ToListAsync(limit.Token)).Select(row => (row.Subject, row.Action, row.Outcome))]);
        }

        Assert.Equal([("user:ada", "GET /sign-in/answer", 302)], noted);
    }

    [Fact]
    public async Task Person_without_a_role_that_may_enter_is_told_so()
    {
        await using var issuer = await IssuerServer.StartPrivateAsync(Ct);
        await using var server = await StartAsync(issuer);
        using var browser = new Browser(server);
        var page = await ShownPage.OfAsync(await SignInAsync(browser, "eve+admin", "/"), HttpStatusCode.Forbidden);
        Assert.Contains("none of the roles that may enter (batchxai-viewer, batchxai-submitter, batchxai-admin)", page.Visible, StringComparison.Ordinal);
        Assert.Null(browser.Session);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Answer_of_the_issuer_opens_once_and_for_the_browser_that_asked()
    {
        await using var issuer = await IssuerServer.StartPrivateAsync(Ct);
        await using var server = await StartAsync(issuer);
        using var browser = new Browser(server);
        var answer = await AnswerAsync(browser, "ada+batchxai-viewer", "/");
        using (var thief = new Browser(server))
        {
            await RefusedAsync(thief, answer.PathAndQuery);
        }

        Assert.Equal("/", (await browser.GetAsync(answer.PathAndQuery)).Headers.Location?.OriginalString);
        Assert.NotNull(browser.Session);
        using var other = new Browser(server);
        await RefusedAsync(browser, answer.PathAndQuery);
        // The code with a question of one's own: the issuer has given it away already.
        using var asked = await other.GetAsync("/sign-in/issuer");
        var state = Query(asked.Headers.Location!.Query, "state");
        await RefusedAsync(other, $"/sign-in/answer?code={Query(answer.Query, "code")}&state={Uri.EscapeDataString(state)}&iss={Uri.EscapeDataString(issuer.Address.AbsoluteUri.TrimEnd('/'))}");
        Assert.Null(other.Session);
    }

    [Fact]
    public async Task Person_who_signs_out_is_shown_the_way_out_of_the_issuer_too()
    {
        await using var issuer = await IssuerServer.StartPrivateAsync(Ct);
        await using var server = await StartAsync(issuer, $"--Access:AdminKey={AdminKey}");
        using var browser = new Browser(server);
        await SignInAsync(browser, "ada+batchxai-viewer", "/");
        await SignOutAsync(browser);
        // The issuer knows the browser still, and asks nothing.
        Assert.Equal("/", (await browser.FollowAsync(await browser.GetAsync("/sign-in/issuer"))).RequestMessage!.RequestUri!.AbsolutePath);
        var left = await SignOutAsync(browser);
        Assert.Contains("At 127.0.0.1 you may still be signed in", left.Visible, StringComparison.Ordinal);

        var asked = await browser.FollowAsync(await browser.GetAsync(left.Links.Single(link => link.StartsWith("/sign-out", StringComparison.Ordinal))));
        var form = await asked.Content.ReadAsStringAsync(Ct);
        await browser.PostAsync(Regex.Match(form, "action=\"([^\"]+)\"").Groups[1].Value, new Dictionary<string, string> { ["xsrf"] = Regex.Match(form, "name=\"xsrf\" value=\"([^\"]+)\"").Groups[1].Value, ["logout"] = "yes" });
        Assert.Contains("name=\"login\"", await (await browser.FollowAsync(await browser.GetAsync("/sign-in/issuer"))).Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        await browser.SignInAsync(AdminKey);
        Assert.DoesNotContain("still be signed in", (await SignOutAsync(browser)).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issuer_that_is_away_is_told_and_keys_still_open()
    {
        var issuer = await IssuerServer.StartPrivateAsync(Ct);
        await using var server = await StartAsync(issuer, $"--Access:AdminKey={AdminKey}");
        await issuer.DisposeAsync();
        using var browser = new Browser(server);
        Assert.Contains("127.0.0.1, where people sign in, does not answer", (await browser.PageAsync("/sign-out/issuer", HttpStatusCode.ServiceUnavailable)).Visible, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1, where people sign in, does not answer", (await browser.PageAsync("/sign-in/issuer", HttpStatusCode.ServiceUnavailable)).Visible, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignInAsync(AdminKey)).StatusCode);
    }

    /// <summary>A server that the issuer knows. It is registered before it listens, so its port is chosen by then.</summary>
    private static async Task<ApiServer> StartAsync(IssuerServer issuer, params string[] settings)
    {
        var port = FreePorts.Take(1)[0];
        using var client = new HttpClient();
        using var registered = await client.PostAsJsonAsync(new Uri(issuer.Address, "/reg"), new { redirect_uris = new[] { $"http://127.0.0.1:{port}/sign-in/answer" } }, Ct);
        var known = await registered.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.True(registered.IsSuccessStatusCode, $"{known}");
        return await ApiServer.StartAsync([$"--urls=http://127.0.0.1:{port}", $"--Access:Authority={issuer.Address}", $"--Access:ClientId={known.GetProperty("client_id")}", $"--Access:ClientSecret={known.GetProperty("client_secret")}", "--Access:SignInScopes=openid profile roles", .. settings]);
    }

    private static async Task<HttpResponseMessage> SignInAsync(Browser browser, string name, string destination) => await browser.FollowAsync(await browser.GetAsync((await AnswerAsync(browser, name, destination)).PathAndQuery));

    private static async Task<ShownPage> SignOutAsync(Browser browser) => await ShownPage.OfAsync(await browser.FollowAsync(await browser.SubmitAsync(await browser.PageAsync("/"), "/sign-out")), HttpStatusCode.OK);

    /// <summary>Signs in and consents at the issuer, and returns the address that it leads the browser back to, before the browser goes there.</summary>
    private static async Task<Uri> AnswerAsync(Browser browser, string name, string destination)
    {
        using var asked = await browser.GetAsync(destination);
        var form = await ShownPage.OfAsync(await browser.FollowAsync(asked), HttpStatusCode.OK);
        var answer = await browser.GetAsync(form.Links.Single(link => link.StartsWith("/sign-in/issuer", StringComparison.Ordinal)));
        for (var steps = 0; steps < 12; steps++)
        {
            if (answer.Headers.Location is { } led)
            {
                var to = new Uri(answer.RequestMessage!.RequestUri!, led);
                if (to.AbsolutePath == "/sign-in/answer")
                {
                    return to;
                }

                answer = await browser.GetAsync(to.AbsoluteUri);
            }
            else
            {
                var text = await answer.Content.ReadAsStringAsync(Ct);
                var prompt = text.Contains("value=\"login\"", StringComparison.Ordinal) ? "login" : "consent";
                answer = await browser.PostAsync(answer.RequestMessage!.RequestUri!.AbsoluteUri, new Dictionary<string, string> { ["prompt"] = prompt, ["login"] = name, ["password"] = "any" });
            }
        }

        throw new InvalidOperationException($"The issuer leads nowhere: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
    }

    private static async Task RefusedAsync(Browser browser, string answer)
    {
        var page = await browser.PageAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Contains("has let nobody in, or what came back", page.Visible, StringComparison.Ordinal);
    }

    private static string Query(string query, string name) => QueryHelpers.ParseQuery(query)[name].Single()!;
}
