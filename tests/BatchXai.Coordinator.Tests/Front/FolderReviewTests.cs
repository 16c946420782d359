using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Front;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Coordinator.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>The pages over an output folder that is otherwise only read.</summary>
public sealed class FolderReviewTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_review_is_stored_beside_what_another_process_writes()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct);
        await using var other = await database.OpenAsync(Ct);
        var folder = Path.GetDirectoryName(database.File)!;
        var audit = await ClusteredAudit.SeedAsync(other, folder);
        await using var app = DashboardHost.Build(0, lifetime => new OneFolder(AuditPlace.InFolder(folder, lifetime)));
        await app.StartAsync(Ct);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        var address = $"/audits/{audit.Id}/clusters?class=dog&cluster={audit.Standing}";
        foreach (var mark in new[] { "unsure", "shortcut" })
        {
            var form = (await PageAsync(browser, address)).All("form").Single(one => one.Attribute("method")?.Value == "post");
            var fields = form.Descendants().Where(element => element.Attribute("type")?.Value == "hidden").Select(element => KeyValuePair.Create(element.Attribute("name")!.Value, element.Attribute("value")!.Value));
            using var answer = await browser.PostAsync($"/audits/{audit.Id}/clusters", new FormUrlEncodedContent(fields.Append(KeyValuePair.Create("mark", mark))), Ct);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            await other.Audits.ExecuteUpdateAsync(row => row.SetProperty(one => one.Name, mark), Ct);
        }

        Assert.Equal([(ReviewMark.Unsure, true), (ReviewMark.Shortcut, true)], (await other.ClusterReviews.OrderBy(row => row.Id).ToListAsync(Ct)).Select(row => (row.Mark, row.StoodOut)));
        Assert.Contains("1 of 1 are shortcuts", (await PageAsync(browser, address)).ById("reviews").Value, StringComparison.Ordinal);
        await app.StopAsync(Ct);
    }

    private static async Task<ShownPage> PageAsync(HttpClient browser, string address) => await ShownPage.OfAsync(await browser.GetAsync(address, Ct), HttpStatusCode.OK);

    private sealed class OneFolder(AuditPlace place) : IAuditPlaces, IAsyncDisposable
    {
        public string FirstStep => "";

        public Task<AuditPlacesSeen> LookAsync(CancellationToken cancellationToken) => Task.FromResult(new AuditPlacesSeen([place], []));

        public Task<AuditPlace?> FindAsync(Guid auditId, CancellationToken cancellationToken) => Task.FromResult<AuditPlace?>(place);

        public ValueTask DisposeAsync() => place.DisposeAsync();
    }
}
