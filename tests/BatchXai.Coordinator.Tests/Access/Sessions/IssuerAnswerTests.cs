using System.Net;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access.Sessions;

/// <summary>What an issuer must not get away with, and what others must not get away with in its name: answers that no real issuer gives.</summary>
public sealed class IssuerAnswerTests
{
    [Fact]
    public async Task Token_that_is_not_good_lets_nobody_in()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        using var browser = new Browser(server);
        var count = issuer.Forged().Count();
        for (var i = 0; i < count; i++)
        {
            var (state, nonce) = await AskAsync(browser);
            var (what, token) = issuer.Forged(nonce).ElementAt(i);
            issuer.IdToken = token;
            using var answer = await browser.GetAsync($"/sign-in/answer?code=c&state={Uri.EscapeDataString(state)}");
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{what}: {answer.StatusCode}");
            Assert.Null(browser.Session);
            Assert.DoesNotContain(token.Split('.')[1], server.Log.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Answer_to_another_question_lets_nobody_in()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        using var browser = new Browser(server);
        foreach (var (what, change) in new (string, Func<string, string, (string State, string? Nonce)>)[]
        {
            ("no nonce", (state, _) => (state, null)),
            ("another's nonce", (state, _) => (state, "638000000000000000.AAAA")),
            ("a changed state", (state, nonce) => ($"{state[..^4]}AAAA", nonce)),
            ("no state", (_, nonce) => ("", nonce)),
            ("what was asked", (state, nonce) => (state, nonce)),
        })
        {
            var (state, nonce) = await AskAsync(browser);
            var (sent, answered) = change(state, nonce);
            issuer.IdToken = issuer.Token("batchxai-viewer", nonce: answered);
            using var answer = await browser.GetAsync($"/sign-in/answer?code=c&state={Uri.EscapeDataString(sent)}");
            Assert.Equal((what, what == "what was asked" ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized), (what, answer.StatusCode));
            Assert.Equal(what == "what was asked", browser.Session is not null);
        }

        // The code came with the proof that it was this server which asked.
        Assert.Equal(("c", "authorization_code", $"{server.Client.BaseAddress}sign-in/answer"), (issuer.Redeemed["code"], issuer.Redeemed["grant_type"], issuer.Redeemed["redirect_uri"]));
        Assert.InRange(issuer.Redeemed["code_verifier"].Length, 43, 128);
    }

    [Fact]
    public async Task Issuer_sends_people_back_to_the_address_that_browsers_know()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await StartAsync(issuer, "--Access:PublicAddress=https://batchxai.example");
        using var browser = new Browser(server);
        using var asked = await browser.GetAsync("/sign-in/issuer");
        var query = QueryHelpers.ParseQuery(asked.Headers.Location!.Query);
        Assert.Equal(("https://batchxai.example/sign-in/answer", "code", "S256", "query"), ($"{query["redirect_uri"]}", $"{query["response_type"]}", $"{query["code_challenge_method"]}", query.TryGetValue("response_mode", out var mode) ? $"{mode}" : "query"));
        Assert.All(asked.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal));
    }

    private static Task<ApiServer> StartAsync(TokenIssuer issuer, params string[] settings) => ApiServer.StartAsync([$"--Access:Authority={issuer.Address}", $"--Access:ClientId={TokenIssuer.Audience}", .. settings]);

    private static async Task<(string State, string Nonce)> AskAsync(Browser browser)
    {
        using var asked = await browser.GetAsync("/sign-in/issuer");
        var query = QueryHelpers.ParseQuery(asked.Headers.Location!.Query);
        return ($"{query["state"]}", $"{query["nonce"]}");
    }
}
