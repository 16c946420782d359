using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>Pages of a server that asks for keys: nobody sees there what its API would not show.</summary>
public sealed class VisitorTests
{
    private const string Admin = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_and_counts_leave_anothers_audits_out()
    {
        await using var server = await ApiServer.StartAsync($"--Access:AdminKey={Admin}");
        var (mine, anothers) = (await FinishedAudit.SeedAsync(server), await FinishedAudit.SeedAsync(server));
        await server.ChangeAsync(db => db.Audits.ExecuteUpdateAsync(row => row.SetProperty(one => one.CreatedBy, one => one.Id == mine.Id ? "key:me" : "key:another"), Ct));
        await server.ChangeAsync(async db =>
        {
            db.Shards.Add(new() { AuditId = anothers.Id, Number = 77, State = ShardState.Failed, Items = 1, Error = "anothers error" });
            await db.SaveChangesAsync(Ct);
        });
        var key = (await server.KeyAsync(KeyScope.Viewer, "me")).Text;
        foreach (var address in new[] { "/", "/compare", "/system" })
        {
            var page = await ShownPage.OfAsync(await server.SendAsync("GET", address, key), HttpStatusCode.OK);
            Assert.DoesNotContain($"{anothers.Id}", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("anothers error", page.Text, StringComparison.Ordinal);
            var all = await ShownPage.OfAsync(await server.SendAsync("GET", address, Admin), HttpStatusCode.OK);
            Assert.Contains($"{anothers.Id}", all.Text, StringComparison.Ordinal);
        }

        var refused = await ShownPage.OfAsync(await server.SendAsync("GET", $"/compare?first={mine.Id}&second={anothers.Id}", key), HttpStatusCode.BadRequest);
        Assert.Contains($"there is no audit {anothers.Id}", refused.Visible, StringComparison.Ordinal);
    }
}
