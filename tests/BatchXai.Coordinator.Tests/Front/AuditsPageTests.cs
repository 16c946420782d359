using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

public sealed class AuditsPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_audits_the_next_step_is_told()
    {
        await using var server = await ApiServer.StartAsync();
        var page = await ShownPage.GetAsync(server, "/");
        Assert.Empty(page.All("table"));
        Assert.Contains("batchxai submit", page.All("pre").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audits_are_listed_newest_first_with_progress_and_what_their_reports_say()
    {
        await using var server = await ApiServer.StartAsync();
        var done = await FinishedAudit.SeedAsync(server);
        var running = await server.SeedAsync(AuditState.Running, ShardState.Done, ShardState.Running, ShardState.Pending);
        var page = await ShownPage.GetAsync(server, "/");
        var rows = page.All("tbody").Single().Elements().ToList();
        Assert.Equal([$"/audits/{running}", $"/audits/{done.Id}"], rows.Select(row => row.Descendants().First(element => element.Name.LocalName == "a").Attribute("href")!.Value));
        Assert.Contains("14 of 30 items", rows[0].Value, StringComparison.Ordinal);
        // κ = (.8 − .5) / .5, and a verdict: nothing was put on other backgrounds.
        Assert.Contains("0.60", rows[1].Value, StringComparison.Ordinal);
        Assert.Contains(done.Report.Verdict!.State.ToString().ToUpperInvariant(), rows[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_and_pages_are_in_the_address()
    {
        await using var server = await ApiServer.StartAsync();
        await server.ChangeAsync(async db =>
        {
            for (var number = 0; number < 120; number++)
            {
                db.Audits.Add(new AuditRow
                {
                    Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(number)), Name = $"audit {number}", Fingerprint = $"{number}", Request = "{}",
                    ModelName = number % 2 == 0 ? "resnet_50%.onnx" : "vgg.onnx", State = number < 110 ? AuditState.Failed : AuditState.Cancelled, CreatedAt = DateTime.UnixEpoch.AddDays(20_000),
                });
            }

            await db.SaveChangesAsync(Ct);
        });
        var seen = new List<string>();
        for (var next = "/?state=failed&model="; next is not null;)
        {
            var page = await ShownPage.GetAsync(server, next);
            seen.AddRange(page.All("tbody").Single().Elements().Select(row => row.Elements().First().Value));
            next = page.All("a").SingleOrDefault(link => link.Attribute("rel")?.Value == "next")?.Attribute("href")!.Value;
        }

        Assert.Equal(Enumerable.Range(0, 110).Reverse().Select(number => $"audit {number}"), seen);
        // % and _ mean themselves.
        var filtered = await ShownPage.GetAsync(server, "/?state=cancelled&model=t_50%25");
        Assert.Equal(5, filtered.All("tbody").Single().Elements().Count());
        Assert.Equal("t_50%", filtered.ById("model").Attribute("value")?.Value);
        Assert.Contains("No audit fits", (await ShownPage.GetAsync(server, "/?model=nothing")).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_text()
    {
        await using var server = await ApiServer.StartAsync();
        var names = Hostile.Names.ToList();
        foreach (var name in names)
        {
            var audit = await server.SeedAsync(AuditState.Failed);
            await server.ChangeAsync(db => db.Audits.Where(row => row.Id == audit).ExecuteUpdateAsync(row => row.SetProperty(one => one.Name, name).SetProperty(one => one.ModelName, name).SetProperty(one => one.Error, name), Ct));
            var one = await ShownPage.GetAsync(server, $"/audits/{audit}");
            Hostile.CheckShown(one, name);
        }

        var page = await ShownPage.GetAsync(server, "/");
        Assert.All(names, name => Hostile.CheckShown(page, name));
    }
}
