using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>The versions of a model, audit after audit.</summary>
public sealed class ModelPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_stand_in_time_order_and_only_those_that_compare_are_joined()
    {
        await using var server = await ApiServer.StartAsync();
        var first = await SeedAsync(server, "cats.onnx", .8, report => report);
        var elsewhere = await SeedAsync(server, "cats.onnx", .7, report => report with { Dataset = report.Dataset with { Hash = new string('f', 64) } });
        var last = await SeedAsync(server, "cats.onnx", .6, report => report with { Model = report.Model with { Hash = new string('9', 64) }, Causal = Tests(.25, .31) });
        await SeedAsync(server, "dogs.onnx", .9, report => report);
        var page = await ShownPage.GetAsync(server, "/models/cats.onnx");
        var rows = page.All("tbody").Single().Elements().ToList();
        Assert.Equal([$"/audits/{first}", $"/audits/{elsewhere}", $"/audits/{last}"], rows.Select(row => row.Descendants("a").First().Attribute("href")!.Value));
        // κ = (energy − .5) / .5 of 60 items that are all alike.
        Assert.All(["0.60", "0.40", "0.20"], (kappa, place) => Assert.Contains(kappa, rows[place].Elements().ElementAt(3).Value, StringComparison.Ordinal));
        Assert.Equal(["eeeeeeee", "eeeeeeee", "99999999"], rows.Select(row => row.Descendants("code").Single().Value));
        Assert.Equal(["A", "B", "A"], rows.Select(row => row.Elements().ElementAt(7).Element("b")!.Value.Trim()));
        Assert.Equal($"/compare?first={first}&second={last}", Assert.Single(page.Links, link => link.StartsWith("/compare?", StringComparison.Ordinal)));

        var charts = page.All("figure").Where(figure => figure.Attribute("class")?.Value == "trend").ToList();
        Assert.Equal(["Focus κ", "Net flips", "BG-gap"], charts.Select(chart => chart.Elements().First().Nodes().First().ToString()));
        Assert.Equal([3, 1, 1], charts.Select(chart => chart.Descendants("circle").Count()));
        var line = Assert.Single(charts[0].Descendants("polyline")).Attribute("points")!.Value.Split(' ');
        var circles = charts[0].Descendants("circle").Select(circle => $"{circle.Attribute("cx")!.Value},{circle.Attribute("cy")!.Value}").ToList();
        Assert.Equal([circles[0], circles[2]], line);
        Assert.Contains(charts[1].Descendants("text"), text => text.Value == "limit 20%");
        Assert.Contains("25%", rows[2].Elements().ElementAt(4).Value, StringComparison.Ordinal);
        Assert.Contains("31%", rows[2].Elements().ElementAt(4).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_and_reports_lead_to_it_and_hostile_names_are_text()
    {
        await using var server = await ApiServer.StartAsync();
        // A model's name is that of a file: no slash.
        foreach (var name in Hostile.Names.Select(name => name.Replace('/', '_')))
        {
            await SeedAsync(server, name, .8, report => report with { Model = report.Model with { Path = $"/models/{name}" } });
            var link = Assert.Single((await ShownPage.GetAsync(server, "/")).Links, link => link == $"/models/{Uri.EscapeDataString(name)}");
            var page = await ShownPage.GetAsync(server, link);
            Hostile.CheckShown(page, name);
            Assert.Contains(link, (await ShownPage.GetAsync(server, page.All("tbody").Single().Descendants("a").First().Attribute("href")!.Value)).Links);
        }
    }

    [Fact]
    public async Task A_model_without_a_finished_audit_or_with_anothers_alone_is_not_there()
    {
        await using var server = await ApiServer.StartAsync("--Access:AdminKey=bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        var audit = await SeedAsync(server, "cats.onnx", .8, report => report);
        await server.ChangeAsync(db => db.Audits.Where(row => row.Id == audit).ExecuteUpdateAsync(row => row.SetProperty(one => one.CreatedBy, "key:another"), Ct));
        var (mine, anothers) = ((await server.KeyAsync(KeyScope.Viewer, "me")).Text, (await server.KeyAsync(KeyScope.Viewer, "another")).Text);
        await ShownPage.OfAsync(await server.SendAsync("GET", "/models/cats.onnx", mine), HttpStatusCode.NotFound);
        await ShownPage.OfAsync(await server.SendAsync("GET", "/models/cats.onnx", anothers), HttpStatusCode.OK);
        await ShownPage.OfAsync(await server.SendAsync("GET", "/models/cats", anothers), HttpStatusCode.NotFound);
    }

    private static async Task<Guid> SeedAsync(ApiServer server, string model, double energy, Func<OverfittingReport, OverfittingReport> change)
    {
        var audit = await FinishedAudit.SeedAsync(server, [.. Enumerable.Range(0, 60).Select(item => Sample.Map(item, energy))], change);
        await server.ChangeAsync(db => db.Audits.Where(row => row.Id == audit.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.ModelName, model), Ct));
        return audit.Id;
    }

    private static CausalReport Tests(double diffusion, double blur) => new()
    {
        Choice = CausalChoice.Full,
        Items = 60,
        ForwardPasses = 600,
        Statuses = new Dictionary<CausalStatus, long>(),
        Figures = [.. new[] { (CausalFill.Diffusion, diffusion), (CausalFill.Blur, blur) }.Select(pair => new CausalFigures
        {
            MaskKind = MaskKind.Mask,
            Fill = pair.Item1,
            Items = 60,
            AccuracyBefore = new(50, 60, 50 / 60.0, .7, .9),
            Accuracy = new Dictionary<CausalTest, Proportion>(),
            BackgroundGap = new(60, pair.Item2 / 2, .05, .2),
            NetFlipRate = new(60, pair.Item2, .1, .4),
            ProbabilityDrop = new(60, .1, .05, .15),
        })],
    };
}
