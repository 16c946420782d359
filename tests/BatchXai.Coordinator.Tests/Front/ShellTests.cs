using System.Net;
using System.Net.Http.Headers;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>What all pages have in common, and what becomes of requests that no page answers.</summary>
public sealed class ShellTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Styles_and_scripts_are_served_by_ourselves_and_not_sent_again_while_they_are_the_same()
    {
        await using var server = await ApiServer.StartAsync();
        var page = await ShownPage.GetAsync(server, "/");
        var files = page.All("link").Select(link => link.Attribute("href")!.Value).Append("/front.js").ToList();
        Assert.Contains("/report.css", files);
        Assert.Contains("/front.css", files);
        foreach (var file in files)
        {
            using var first = await server.Client.GetAsync(file, Ct);
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.DoesNotMatch("https?://(?!www\\.w3\\.org/2000/svg)|@import|url\\(", await first.Content.ReadAsStringAsync(Ct));
            using var again = new HttpRequestMessage(HttpMethod.Get, file) { Headers = { IfNoneMatch = { Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag) } } };
            using var second = await server.Client.SendAsync(again, Ct);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        }
    }

    [Fact]
    public async Task Every_section_is_linked_from_every_page()
    {
        await using var server = await ApiServer.StartAsync();
        var page = await ShownPage.GetAsync(server, "/");
        Assert.Equal(["/", "/compare", "/submit", "/system"], page.All("nav").Single().Descendants().Where(element => element.Name.LocalName == "a").Select(link => link.Attribute("href")!.Value));
        Assert.Equal("/", page.All("a").Single(link => link.Attribute("aria-current") is not null).Attribute("href")!.Value);
        Assert.Equal("#content", page.All("a").First().Attribute("href")!.Value);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/audits/nothing")]
    [InlineData("/audits/0198c0de-0000-7000-8000-000000000000")]
    [InlineData("/audits/0198c0de-0000-7000-8000-000000000000/report/report.html")]
    [InlineData("/audits/0198c0de-0000-7000-8000-000000000000/report/../../etc/passwd")]
    [InlineData("/audits/0198c0de-0000-7000-8000-000000000000/files")]
    public async Task What_is_not_there_is_a_page_for_people(string address)
    {
        await using var server = await ApiServer.StartAsync();
        var page = await ShownPage.GetAsync(server, address, HttpStatusCode.NotFound);
        Assert.Contains("There is nothing here", page.Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_problem_details_as_before()
    {
        await using var server = await ApiServer.StartAsync();
        await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.Client.GetAsync("/nothing", Ct));
        using var browser = new HttpRequestMessage(HttpMethod.Get, $"/api/audits/{Guid.NewGuid()}") { Headers = { { "Accept", "text/html" } } };
        await ApiServer.RefusedAsync(HttpStatusCode.NotFound, await server.Client.SendAsync(browser, Ct));
    }

    [Fact]
    public async Task Wrong_parameters_are_all_told_on_one_page()
    {
        await using var server = await ApiServer.StartAsync();
        var page = await ShownPage.GetAsync(server, "/?state=sleeping&before=yesterday&%3Cscript%3E=1", HttpStatusCode.BadRequest);
        Assert.All(["state: 'sleeping'", "before: 'yesterday'", "<script>: unknown parameter"], problem => Assert.Contains(problem, page.Visible, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_is_told_without_details_and_keeps_the_headers()
    {
        await using var server = await ApiServer.StartAsync();
        await server.SeedAsync(AuditState.Running);
        await server.ChangeAsync(db => db.Database.ExecuteSqlRawAsync("DROP TABLE shards", Ct));
        var page = await ShownPage.GetAsync(server, "/", HttpStatusCode.InternalServerError);
        Assert.Contains("The server failed", page.Visible, StringComparison.Ordinal);
        Assert.DoesNotContain("shards", page.Text, StringComparison.Ordinal);
    }
}
