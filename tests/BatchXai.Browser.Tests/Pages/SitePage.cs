using BatchXai.Browser.Tests.Sites;

namespace BatchXai.Browser.Tests.Pages;

/// <summary>A page that every test of pages opens.</summary>
/// <param name="Address">Where it is on a site.</param>
/// <param name="Status">How it answers.</param>
public sealed record SitePage(Func<Site, string> Address, int Status = 200)
{
    /// <summary>Pages of every site by name; a new page is added here.</summary>
    public static IReadOnlyDictionary<string, SitePage> All { get; } = new Dictionary<string, SitePage>
    {
        ["audits"] = new(_ => "/"),
        ["audits, none fits"] = new(_ => "/?model=nobody"),
        ["audit"] = new(site => $"/audits/{site.Biased}"),
        ["items"] = new(site => $"/audits/{site.Biased}/items"),
        ["items, filtered"] = new(site => $"/audits/{site.Biased}/items?correct=false&background_from=0.1&sort=confidence&desc=true"),
        ["items, none matches"] = new(site => $"/audits/{site.Biased}/items?class=nobody"),
        ["items, asked wrongly"] = new(site => $"/audits/{site.Biased}/items?focus_from=much&sort=luck", Status: 400),
        ["item"] = new(site => $"/audits/{site.Biased}/items/7"),
        ["audit, filtered"] = new(site => $"/audits/{site.Biased}?class=disc"),
        ["clusters"] = new(site => $"/audits/{site.Biased}/clusters?class=disc"),
        ["clusters, chosen"] = new(site => $"/audits/{site.Biased}/clusters?class=disc&items=0,6,12"),
        ["versions of a model"] = new(_ => "/models/biased.onnx"),
        ["cohorts"] = new(_ => "/cohorts"),
        ["files"] = new(site => $"/audits/{site.Biased}/files"),
        ["compare, choice"] = new(site => $"/compare?first={site.Biased}"),
        ["compare"] = new(site => $"/compare?first={site.Biased}&second={site.Balanced}"),
        ["submit"] = new(_ => "/submit"),
        ["system"] = new(_ => "/system"),
        ["nothing here"] = new(_ => $"/audits/{Guid.Empty}", Status: 404),
    };

    /// <summary>Their names, for theories.</summary>
    public static IEnumerable<string> Names => All.Keys;
}
