using System.Net;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Front;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access.Sessions;

/// <summary>A browser: it keeps its cookies, asks for pages, sends the forms that it was given, and shows where it is led.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient client;

    public Browser(ApiServer server) => client = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = server.Client.BaseAddress };

    public CookieContainer Cookies { get; } = new();

    /// <summary>The cookie of its session; null: it has none.</summary>
    public string? Session => Cookies.GetCookies(client.BaseAddress!)["batchxai-session"]?.Value;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Browser> SignedInAsync(ApiServer server, string key)
    {
        var browser = new Browser(server);
        using var entered = await browser.SignInAsync(key);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (entered.StatusCode, entered.Headers.Location?.OriginalString));
        return browser;
    }

    public async Task<HttpResponseMessage> GetAsync(string address) => await SendAsync(new(HttpMethod.Get, address));

    public async Task<ShownPage> PageAsync(string address, HttpStatusCode status = HttpStatusCode.OK) => await ShownPage.OfAsync(await GetAsync(address), status);

    public async Task<HttpResponseMessage> SignInAsync(string key, string? destination = null) =>
        await SubmitAsync(await PageAsync(destination is null ? "/sign-in" : $"/sign-in?return={Uri.EscapeDataString(destination)}"), "/sign-in", ("key", key));

    /// <summary>Sends a page's form with some fields filled.</summary>
    public Task<HttpResponseMessage> SubmitAsync(ShownPage page, string action, params IEnumerable<(string Name, string Value)> filled)
    {
        var form = page.All("form").Single(one => one.Attribute("action")!.Value == action);
        var fields = form.Descendants().Where(element => element.Attribute("name") is not null && element.Name.LocalName == "input").ToDictionary(element => element.Attribute("name")!.Value, element => element.Attribute("value")?.Value ?? "");
        foreach (var (name, value) in filled)
        {
            fields[name] = value;
        }

        return PostAsync(action, fields);
    }

    public async Task<HttpResponseMessage> PostAsync(string address, IEnumerable<KeyValuePair<string, string>> fields) => await SendAsync(new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) });

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (request.Headers.Accept.Count == 0)
        {
            request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    /// <summary>Goes where it is led until it is shown something; that must be within a few steps.</summary>
    public async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer)
    {
        for (var steps = 0; (int)answer.StatusCode is >= 300 and < 400; steps++)
        {
            Assert.True(steps < 10, $"{answer.Headers.Location}");
            answer = await GetAsync(new Uri(answer.RequestMessage!.RequestUri!, answer.Headers.Location!).AbsoluteUri);
        }

        return answer;
    }

    public void Dispose() => client.Dispose();
}
