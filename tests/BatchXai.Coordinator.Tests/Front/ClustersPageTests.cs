using System.Globalization;
using System.Net;
using System.Xml.Linq;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Browse;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>The page of groups of heatmaps.</summary>
public sealed class ClustersPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Heatmaps_are_marks_that_lead_to_their_items_and_differ_by_shape_and_colour()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await ClusteredAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}/clusters");
        var points = Points(page);
        Assert.Equal(audit.Grouped.Items, points.Select(point => long.Parse(point.Attribute("data-item")!.Value, null)));
        Assert.Equal($"/audits/{audit.Id}/items/80?class=dog&method=gradcam&target=predicted", points[0].Attribute("href")!.Value);
        await ShownPage.GetAsync(server, points[0].Attribute("href")!.Value);
        var looks = points.Select((point, i) => (Group: audit.Grouped.Cluster![i], Colour: point.Attribute("class")!.Value, Shape: point.Elements().Single().Attribute("d")!.Value.Split('m')[1])).Distinct().ToList();
        Assert.Equal([0, 1], looks.Select(look => look.Group).Order());
        Assert.Equal((2, 2), (looks.Select(look => look.Colour).Distinct().Count(), looks.Select(look => look.Shape).Distinct().Count()));
        Assert.Contains("Nothing is chosen", page.Visible, StringComparison.Ordinal);
        using var script = await server.Client.GetAsync("/clusters.js", Ct);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Groups_are_told_with_their_figures_and_chosen_by_a_link()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await ClusteredAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}/clusters?class=dog");
        var rows = page.All("tbody").Single().Elements().ToList();
        var row = rows[audit.Standing];
        Assert.All(["40", "50%", "−0.40", "stands out"], text => Assert.Contains(text, row.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("stands out", rows[1 - audit.Standing].Value, StringComparison.Ordinal);
        Assert.Contains("form a group whose focus", page.Visible, StringComparison.Ordinal);

        var chosen = await ShownPage.GetAsync(server, row.Descendants().First(element => element.Name.LocalName == "a").Attribute("href")!.Value);
        Assert.Equal(Enumerable.Range(40, 40).Select(half => $"/audits/{audit.Id}/items/{2 * half}/thumbnail.jpg?method=gradcam&target=predicted"), Strip(chosen));
        Assert.Equal(Enumerable.Range(40, 40).Select(half => $"{2 * half}"), Chosen(chosen));
        Assert.Contains($"Group {(char)('A' + audit.Standing)}: 40 items", chosen.Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_items_are_chosen_by_the_address_and_a_part_of_them_by_a_form()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await ClusteredAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}/clusters?class=cat&items=7,3,3");
        Assert.Equal(["3", "7"], Chosen(page));
        Assert.Contains("Chosen: 2 items", page.Visible, StringComparison.Ordinal);
        Assert.Contains("one group", page.Visible, StringComparison.Ordinal);
        // As the form sends what is ticked: each as a parameter of its own.
        var boxes = page.All("input").Where(input => input.Attribute("name")?.Value == "items").Select(input => input.Attribute("value")!.Value);
        var part = await ShownPage.GetAsync(server, $"/audits/{audit.Id}/clusters?class=cat&{string.Join('&', boxes.Append("9").Select(item => $"items={item}"))}");
        Assert.Equal(["3", "7", "9"], Chosen(part));
    }

    [Fact]
    public async Task Equal_heatmaps_do_not_hide_each_other()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await ClusteredAudit.SeedAsync(server);
        var alike = audit.Grouped with { X = [.. audit.Grouped.X.Select(_ => 1.0)], Y = [.. audit.Grouped.Y.Select(_ => 0.0)] };
        await new ReportWriter(server.Blobs, ReportPlace.InAudit.Prefix(audit.Id)).WriteScatterAsync(audit.Scatter with { Classes = [alike] }, Ct);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}/clusters");
        var marks = Points(page).Select(point => point.Elements().Single().Attribute("d")!.Value).ToList();
        Assert.Distinct(marks);
        Assert.All(marks, mark => Assert.All(mark[1..mark.IndexOf('m', StringComparison.Ordinal)].Split(' '), place => Assert.InRange(double.Parse(place, CultureInfo.InvariantCulture), 9, 511)));
    }

    [Theory]
    [InlineData("class=bird", "'bird' were looked at")]
    [InlineData("class=dog&cluster=5", "no group 5")]
    [InlineData("class=cat&cluster=0", "no group 0")]
    [InlineData("class=dog&items=80,3,4", "3 is not among the heatmaps of this class that were looked at, nor are 1 more")]
    [InlineData("items=a", "places of items in the dataset")]
    [InlineData("cluster=-1&colour=red", "a whole number from 0 to 7")]
    public async Task What_cannot_be_chosen_is_told(string query, string expected)
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await ClusteredAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}/clusters?{query}", HttpStatusCode.BadRequest);
        Assert.Contains(expected, page.Visible, StringComparison.Ordinal);
        Assert.Empty(Strip(page));
    }

    [Fact]
    public async Task Hostile_names_are_text_and_can_be_chosen()
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var name in Hostile.Names.Append(BrowsedRows.Hostile))
        {
            var audit = await ClusteredAudit.SeedAsync(server, "cat", name);
            var page = await ShownPage.GetAsync(server, $"/audits/{audit.Id}/clusters?class={Uri.EscapeDataString(name)}");
            Assert.Equal(name, page.All("option").Single(option => option.Attribute("selected") is not null).Attribute("value")!.Value);
            var link = page.All("tbody").Single().Descendants().First(element => element.Name.LocalName == "a").Attribute("href")!.Value;
            Hostile.CheckShown(await ShownPage.GetAsync(server, link), name);
        }
    }

    [Fact]
    public async Task An_audit_without_places_says_why()
    {
        await using var server = await ApiServer.StartAsync();
        var running = await server.SeedAsync(AuditState.Running);
        Assert.Contains("it is running", (await ShownPage.GetAsync(server, $"/audits/{running}/clusters")).Visible, StringComparison.Ordinal);
        var older = await FinishedAudit.SeedAsync(server);
        Assert.Contains("of a version before", (await ShownPage.GetAsync(server, $"/audits/{older.Id}/clusters")).Visible, StringComparison.Ordinal);
        await server.Blobs.WriteAsync(ArtifactAddresses.Reports(older.Id) + "clusters.json", "{\"schemaVersion\":0}"u8.ToArray(), Ct);
        Assert.Contains("of a version before", (await ShownPage.GetAsync(server, $"/audits/{older.Id}/clusters")).Visible, StringComparison.Ordinal);
        await new ReportWriter(server.Blobs, ReportPlace.InAudit.Prefix(older.Id)).WriteScatterAsync(new() { Method = "cam", Target = "label", Height = 1, Width = 1, Classes = [] }, Ct);
        Assert.Contains("No class was looked at", (await ShownPage.GetAsync(server, $"/audits/{older.Id}/clusters?class=cat")).Visible, StringComparison.Ordinal);
        await ShownPage.GetAsync(server, $"/audits/{Guid.NewGuid()}/clusters", HttpStatusCode.NotFound);
        Assert.Contains($"/audits/{older.Id}/clusters", (await ShownPage.GetAsync(server, $"/audits/{older.Id}")).Links);
    }

    private static List<XElement> Points(ShownPage page) => [.. page.Root.Descendants().Where(element => element.Attribute("data-item") is not null)];

    private static IEnumerable<string> Chosen(ShownPage page) => Points(page).Where(point => point.Attribute("class")!.Value.EndsWith(" chosen", StringComparison.Ordinal)).Select(point => point.Attribute("data-item")!.Value);

    private static IEnumerable<string> Strip(ShownPage page) => page.All("img").Select(image => image.Attribute("src")!.Value).Where(address => address.StartsWith('/'));
}
