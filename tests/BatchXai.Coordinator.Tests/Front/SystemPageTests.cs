using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

public sealed class SystemPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_shards_and_failures_are_shown()
    {
        await using var server = await ApiServer.StartAsync();
        await server.SeedAsync(AuditState.Done, ShardState.Done, ShardState.Done);
        var running = await server.SeedAsync(AuditState.Running, ShardState.Done, ShardState.Running, ShardState.Dispatched, ShardState.Pending, ShardState.Failed);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await server.ChangeAsync(async db =>
        {
            db.Workers.AddRange(
                new WorkerRow { Name = Hostile.Names[0], Slots = 2, Device = "cpu", Version = "1", SeenAt = now },
                new WorkerRow { Name = "old", Slots = 1, Device = "cpu", Version = "1", SeenAt = now.AddMinutes(-5) });
            await db.SaveChangesAsync(Ct);
            await db.Shards.Where(shard => shard.State == ShardState.Failed).ExecuteUpdateAsync(row => row.SetProperty(one => one.Error, Hostile.Names[1]), Ct);
        });
        var page = await ShownPage.GetAsync(server, "/system");
        var tables = page.All("tbody").ToList();
        Assert.Equal(["this server", "1", "1", "0", "0", "1", "2", "1", "1"], tables[0].Elements().Single().Elements().Select(cell => cell.Value));
        Assert.Equal([(Hostile.Names[0], "alive"), ("old", "silent")], tables[1].Elements().Select(row => (row.Elements().First().Value, row.Elements().ElementAt(1).Value)).OrderBy(row => row.Item2));
        Assert.Equal(["4", $"{running}", Hostile.Names[1]], tables[2].Elements().Single().Elements().Take(3).Select(cell => cell.Value));
    }

    [Fact]
    public async Task An_idle_system_says_so()
    {
        await using var server = await ApiServer.StartAsync();
        var page = await ShownPage.GetAsync(server, "/system");
        Assert.Contains("No worker has been heard of", page.Visible, StringComparison.Ordinal);
        Assert.Contains("None.", page.Visible, StringComparison.Ordinal);
    }
}
