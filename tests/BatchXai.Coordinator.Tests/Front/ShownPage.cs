using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using BatchXai.Coordinator.Tests.Api;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>An answered page, read as XML: its elements all close, but for those that HTML never closes.</summary>
internal sealed partial class ShownPage
{
    private ShownPage(HttpResponseMessage answer, string text)
    {
        (Answer, Text) = (answer, text);
        // Blazor writes an attribute without a value where that is empty or true.
        var xml = Flags().Replace(Voids().Replace(text, "<$1$2/>"), "$1=\"\"");
        try
        {
            Root = XDocument.Parse(xml, LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException broken)
        {
            throw new InvalidOperationException($"{broken.Message}\n{xml}", broken);
        }
    }

    public HttpResponseMessage Answer { get; }

    public string Text { get; }

    public XElement Root { get; }

    /// <summary>What a person reads, without repeated blanks.</summary>
    public string Visible => Blanks().Replace(Root.Elements().Last().Value, " ");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Asks for a page as a browser does; it must answer with this status, and be a page as all are.</summary>
    public static async Task<ShownPage> GetAsync(ApiServer server, string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        return await OfAsync(await server.Client.SendAsync(request, Ct), status);
    }

    public static async Task<ShownPage> OfAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode}: {text}");
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var page = new ShownPage(answer, text);
        page.CheckManners();
        return page;
    }

    public IEnumerable<XElement> All(string name) => Root.Descendants().Where(element => element.Name.LocalName == name);

    public XElement ById(string id) => Root.Descendants().Single(element => element.Attribute("id")?.Value == id);

    /// <summary>Addresses that links name.</summary>
    public IEnumerable<string> Links => All("a").Select(link => link.Attribute("href")!.Value);

    /// <summary>What holds of every page.</summary>
    private void CheckManners()
    {
        Assert.Single(All("h1"));
        Assert.Single(All("main"));
        Assert.Single(Root.Elements().Last().Elements(), element => element.Name.LocalName == "header");
        Assert.NotEmpty(All("title").Single().Value);
        Assert.Equal("en", Root.Attribute("lang")?.Value);
        var ids = Root.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>().ToList();
        Assert.Distinct(ids);
        Assert.All(Links.Where(link => link.StartsWith('#')), link => Assert.Contains(link[1..], ids));
        Assert.All(Root.Descendants().Select(element => element.Attribute("aria-labelledby")?.Value ?? element.Attribute("for")?.Value ?? element.Attribute("aria-describedby")?.Value).OfType<string>().SelectMany(names => names.Split(' ')), name => Assert.Contains(name, ids));
        Assert.All(All("th"), header => Assert.NotNull(header.Attribute("scope")));
        Assert.All(All("table"), table => Assert.Single(table.Elements(), child => child.Name.LocalName == "caption"));
        Assert.All(All("img"), image => Assert.NotEmpty(image.Attribute("alt")!.Value));
        Assert.All(Fields, field => Assert.True(All("label").Any(label => label.Attribute("for")?.Value == field.Attribute("id")?.Value && label.Value.Trim().Length > 0), field.ToString()));
        CheckPolicy();
    }

    private IEnumerable<XElement> Fields => Root.Descendants().Where(element => element.Name.LocalName is "select" or "textarea" or "progress" || (element.Name.LocalName == "input" && element.Attribute("type")?.Value != "hidden"));

    /// <summary>Nothing in the page needs what its policy forbids, and nothing comes from elsewhere.</summary>
    private void CheckPolicy()
    {
        var policy = Answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.All(["default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"], part => Assert.Contains(part, policy.Split("; ")));
        Assert.Equal("nosniff", Answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", Answer.Headers.GetValues("Referrer-Policy").Single()); // Stricter, and browsers hide where our own forms come from.
        Assert.Empty(All("style"));
        Assert.DoesNotContain(Root.Descendants(), element => element.Attribute("style") is not null || element.Attributes().Any(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.All(All("script"), script => Assert.True(script.Attribute("src")?.Value is "/front.js" or "/clusters.js" && script.Value.Length == 0, $"{script}"));
        Assert.All(Root.Descendants().SelectMany(element => new[] { "src", "href", "action" }.Select(name => element.Attribute(name)?.Value)).OfType<string>(), address =>
            Assert.True((address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal)) || address.StartsWith('#') || address.StartsWith("data:image/", StringComparison.Ordinal), address));
    }

    [GeneratedRegex(@"<(meta|img|link|input|br|hr)\b([^>]*?)\s*/?>")]
    private static partial Regex Voids();

    [GeneratedRegex(@"(?<=<[a-z][^<>]*\s)(checked|value|selected|required|disabled|defer|download)(?=\s|/?>)")]
    private static partial Regex Flags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
