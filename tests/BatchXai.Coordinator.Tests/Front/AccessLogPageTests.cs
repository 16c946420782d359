using System.Net;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Tests.Access.Sessions;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Data;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

public sealed class AccessLogPageTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Entries_are_filtered_and_paged_the_newest_first(DatabaseKind kind)
    {
        await using var server = await ApiServer.StartAsync(kind, $"--Access:AdminKey={Admin}");
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var audit = Guid.NewGuid();
        await server.ChangeAsync(async db =>
        {
            db.AccessLog.AddRange(Enumerable.Range(0, 250).Select(i => new AccessLogRow { At = now.AddMinutes(i - 300), Subject = i % 2 == 0 ? "key:even" : "user:odd", Action = i % 5 == 0 ? "DELETE /x" : "POST /x", AuditId = i == 249 ? audit : null, Outcome = i % 10 == 0 ? 403 : i % 10 == 1 ? 503 : 200, Address = $"10.0.0.{i}" }));
            await db.SaveChangesAsync(Ct);
        });
        using var browser = await Browser.SignedInAsync(server, Admin);
        var refused = await browser.PageAsync("/access-log?subject=even&action=DELETE&outcome=refused");
        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"10.0.0.{i * 10}"), Rows(refused));
        Assert.Equal(25, Rows(await browser.PageAsync("/access-log?outcome=failed")).Count);
        List<string> seen = [];
        for (string? next = "/access-log?subject=key%3Aeven"; next is not null;)
        {
            var page = await browser.PageAsync(next);
            Assert.InRange(Rows(page).Count, 1, 100);
            seen.AddRange(Rows(page));
            next = page.All("a").SingleOrDefault(link => link.Attribute("rel")?.Value == "next")?.Attribute("href")!.Value;
        }

        Assert.Equal(Enumerable.Range(0, 125).Reverse().Select(i => $"10.0.0.{i * 2}"), seen);
        Assert.Contains($"/audits/{audit}", (await browser.PageAsync("/access-log?subject=odd")).Links);
        var wrong = await browser.PageAsync("/access-log?outcome=fine&after=x", HttpStatusCode.BadRequest);
        Assert.All(["outcome: 'fine'", "after: "], problem => Assert.Contains(problem, wrong.Visible, StringComparison.Ordinal));
    }

    /// <summary>Where the shown entries came from.</summary>
    private static List<string> Rows(ShownPage page) => [.. page.All("tbody").SelectMany(body => body.Elements()).Select(row => row.Elements().Last().Value)];
}
