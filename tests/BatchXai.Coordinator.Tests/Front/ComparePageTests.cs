using System.Net;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

public sealed class ComparePageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_finished_audits_are_chosen_and_compared()
    {
        await using var server = await ApiServer.StartAsync();
        var (first, second) = (await FinishedAudit.SeedAsync(server, .6), await FinishedAudit.SeedAsync(server, .8));
        await server.SeedAsync(AuditState.Running);
        var choice = await ShownPage.GetAsync(server, $"/compare?first={first.Id}");
        Assert.Equal([$"{second.Id}", $"{first.Id}"], choice.ById("second").Elements().Select(option => option.Attribute("value")!.Value).Where(value => value.Length > 0));
        Assert.Equal($"{first.Id}", choice.ById("first").Elements().Single(option => option.Attribute("selected") is not null).Attribute("value")!.Value);

        var page = await ShownPage.GetAsync(server, $"/compare?first={first.Id}&second={second.Id}");
        Assert.Contains("the second model looks at the object more", page.Visible, StringComparison.Ordinal);
        Assert.Contains("0.40", page.ById("figures").Value, StringComparison.Ordinal); // κ from .2 to .6
        Assert.Equal(page.Text.Length, (await ShownPage.GetAsync(server, $"/compare?first={first.Id}&second={second.Id}")).Text.Length);
    }

    [Fact]
    public async Task What_cannot_be_compared_is_told_beside_the_choice()
    {
        await using var server = await ApiServer.StartAsync();
        var (done, other, running, unknown) = (await FinishedAudit.SeedAsync(server), await FinishedAudit.SeedAsync(server), await server.SeedAsync(AuditState.Running), Guid.NewGuid());
        var both = await ShownPage.GetAsync(server, $"/compare?first={running}&second={unknown}", HttpStatusCode.BadRequest);
        Assert.Contains($"{running} is running", both.Visible, StringComparison.Ordinal);
        Assert.Contains($"there is no audit {unknown}", both.Visible, StringComparison.Ordinal);
        Assert.Contains("same audit", (await ShownPage.GetAsync(server, $"/compare?first={done.Id}&second={done.Id}", HttpStatusCode.BadRequest)).Visible, StringComparison.Ordinal);
        await server.Blobs.DeleteAsync(Storage.Artifacts.ArtifactAddresses.Audit(other.Id), Ct);
        Assert.Contains("are gone", (await ShownPage.GetAsync(server, $"/compare?first={done.Id}&second={other.Id}", HttpStatusCode.BadRequest)).Visible, StringComparison.Ordinal);
        Assert.Contains("takes two audits", (await WithoutAuditsAsync()).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_text()
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var name in Hostile.Names)
        {
            var audit = await FinishedAudit.SeedAsync(server);
            await server.ChangeAsync(db => db.Audits.Where(row => row.Id == audit.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.Name, name), Ct));
        }

        var page = await ShownPage.GetAsync(server, "/compare");
        Assert.All(Hostile.Names, name => Hostile.CheckShown(page, name));
    }

    private static async Task<ShownPage> WithoutAuditsAsync()
    {
        await using var server = await ApiServer.StartAsync();
        return await ShownPage.GetAsync(server, "/compare");
    }
}
