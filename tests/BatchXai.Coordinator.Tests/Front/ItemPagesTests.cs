using System.Net;
using System.Xml.Linq;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Browse;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>The list of items and the page of one.</summary>
public sealed class ItemPagesTests
{
    [Fact]
    public async Task Items_are_shown_with_prediction_focus_and_background_beside_chance()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit}/items?class=cat&sort=focus&desc=true");
        var row = BrowsedRows.Rows.Where(row => row.Label == "cat" && row.Method is MethodNames.GradCam).MaxBy(row => (row.Measures.Focus, row.Item))!;
        var card = Cards(page)[0];
        Assert.StartsWith($"/audits/{audit}/items/{row.Item}?", card.Descendants("a").Single().Attribute("href")!.Value, StringComparison.Ordinal);
        Assert.StartsWith($"/audits/{audit}/items/{row.Item}/thumbnail.jpg?method=gradcam", card.Descendants("img").Single().Attribute("src")!.Value, StringComparison.Ordinal);
        Assert.Contains("0.80", card.Value, StringComparison.Ordinal);
        Assert.Contains("(chance 75%)", card.Value, StringComparison.Ordinal);
        Assert.Equal(BrowsedRows.Rows.Where(one => one.Label == "cat").Select(one => one.Item).Distinct().Count(), Cards(page).Count);
        Assert.Contains($"{Cards(page).Count} items", page.Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_lead_through_all_pages_and_back()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        List<string> ways = [$"/audits/{audit}/items?sort=confidence"];
        List<string> items = [];
        while (ways[^1] is { } address)
        {
            var page = await ShownPage.GetAsync(server, address);
            items.AddRange(Cards(page).Select(card => card.Descendants("a").Single().Attribute("href")!.Value));
            if (page.All("a").SingleOrDefault(link => link.Attribute("rel")?.Value == "next") is not { } next)
            {
                break;
            }

            ways.Add(next.Attribute("href")!.Value);
        }

        Assert.Equal(3, ways.Count);
        Assert.Equal(BrowsedRows.Rows.Select(row => row.Item).Distinct().Count(), items.Distinct().Count());
        var second = await ShownPage.GetAsync(server, (await ShownPage.GetAsync(server, ways[2])).All("a").Single(link => link.Attribute("rel")?.Value == "prev").Attribute("href")!.Value);
        Assert.Equal(items[60..120], Cards(second).Select(card => card.Descendants("a").Single().Attribute("href")!.Value));
    }

    [Fact]
    public async Task Filter_of_a_hostile_name_is_text_and_can_be_taken_away()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit}/items?class={Uri.EscapeDataString(BrowsedRows.Hostile)}&split=train");
        Assert.Equal(BrowsedRows.Hostile, page.ById("class").Attribute("value")!.Value);
        Assert.All(Cards(page), card => Assert.Contains(BrowsedRows.Hostile, card.Descendants("bdi").Select(name => name.Value)));
        Assert.NotEmpty(Cards(page));
        var chip = page.All("ul").Single(list => list.Attribute("class")?.Value == "chips").Descendants("a").First();
        Assert.Equal(BrowsedRows.Hostile, chip.Element("bdi")!.Value);
        var without = await ShownPage.GetAsync(server, chip.Attribute("href")!.Value);
        Assert.True(Cards(without).Count > Cards(page).Count);
        Assert.Equal("train", without.ById("split").Attribute("value")!.Value);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_the_form_keeps_what_was_typed()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        var address = $"/audits/{audit}/items?outcome=eaten&correct=perhaps&focus_from=warm&background_from=2&method=tea&target=leaf&sort=taste&desc=down&after=there&turned=x&split=val&colour=red&map=jet&focus_to=1&focus_to=2";
        var page = await ShownPage.GetAsync(server, address, HttpStatusCode.BadRequest);
        var alert = page.Root.Descendants().Single(element => element.Attribute("role")?.Value == "alert").Value;
        Assert.All(
            ["outcome: 'eaten'", "correct: 'perhaps'", "focus_from: 'warm'", "background_from: '2'", "method: 'tea'", "target: 'leaf'", "sort: 'taste'", "desc: 'down'", "after: 'there'", "turned: 'x'", "colour: unknown", "map: 'jet'", "focus_to: given 2 times"],
            problem => Assert.Contains(problem, alert, StringComparison.Ordinal));
        Assert.Equal(("warm", "true"), (page.ById("focus_from").Attribute("value")!.Value, page.ById("focus_from").Attribute("aria-invalid")!.Value));
        Assert.Equal(("val", null), (page.ById("split").Attribute("value")!.Value, page.ById("split").Attribute("aria-invalid")?.Value));
        Assert.Empty(Cards(page));
    }

    [Theory]
    [InlineData("focus_from=.5&focus_to=.4", "Nothing lies between")]
    [InlineData("class=cat&unlabelled=true", "has no class")]
    [InlineData("after=3&before=5", "Give one of them")]
    [InlineData("metadata=camera", "Expected column=value")]
    [InlineData("metadata=camera%3Dnorth%26", "Expected column=value")]
    [InlineData("metadata=a%3Db%3Dc", "Expected column=value")]
    public async Task What_contradicts_itself_is_told(string query, string expected)
    {
        await using var server = await ApiServer.StartAsync();
        var page = await ShownPage.GetAsync(server, $"/audits/{await BrowsedAudit.SeedAsync(server)}/items?{query}", HttpStatusCode.BadRequest);
        Assert.Contains(expected, page.Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_says_what_to_do_next()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        Assert.Contains("Remove a filter", (await ShownPage.GetAsync(server, $"/audits/{audit}/items?class=nobody")).Visible, StringComparison.Ordinal);
        Assert.Contains("To the first page", (await ShownPage.GetAsync(server, $"/audits/{audit}/items?sort=item&after=99999")).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_that_is_not_planned_has_no_items_yet_and_another_is_not_there()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await server.SeedAsync(AuditState.Submitted);
        Assert.Contains("not planned yet", (await ShownPage.GetAsync(server, $"/audits/{audit}/items")).Visible, StringComparison.Ordinal);
        await ShownPage.GetAsync(server, $"/audits/{audit}/items/0", HttpStatusCode.NotFound);
        await ShownPage.GetAsync(server, $"/audits/{Guid.NewGuid()}/items", HttpStatusCode.NotFound);
        await ShownPage.GetAsync(server, $"/audits/{Guid.NewGuid()}/items/0", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Item_shows_every_method_every_measure_and_every_causal_test()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit}/items/1?map=cividis");
        Assert.Equal(
            [$"/audits/{audit}/items/1/heatmap.png?method=gradcam&target=predicted&map=cividis", $"/audits/{audit}/items/1/heatmap.png?method=cam&target=label&map=cividis"],
            page.All("img").Where(image => image.Attribute("class")?.Value == "heatmap").Select(image => image.Attribute("src")!.Value));
        Assert.All(MeasureLine.All, line => Assert.Contains(page.All("th"), head => head.Value.StartsWith(line.Name, StringComparison.Ordinal)));
        Assert.Equal(BrowsedRows.Causal.Count(row => row.Item == 1), page.ById("tests-caption").Parent!.Descendants("tr").Count(row => row.Elements("th").Any(head => head.Attribute("scope")?.Value == "row")));
        Assert.Contains(page.Links, link => link == $"/audits/{audit}/items/2");
        Assert.Contains(page.All("img"), image => image.Attribute("src")!.Value == $"/audits/{audit}/items/1/tested/mixed_rand.jpg");
        Assert.All(["show-heatmap", "show-outline", "opacity"], control => Assert.Equal("input", page.ById(control).Name.LocalName));
    }

    [Fact]
    public async Task Pictures_of_tests_are_chosen_one_at_a_time_with_what_the_model_says_to_each()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        var toggle = (await ShownPage.GetAsync(server, $"/audits/{audit}/items/1")).ById("tested");
        var kept = Report.Pictured.Of(1, BrowsedRows.Hostile);
        var buttons = toggle.Elements().Where(element => element.Name.LocalName == "input").ToList();
        Assert.Equal(kept.Tests.Select(view => $"tested-{PictureEndpoints.TestWord(view.Test)}").Prepend("tested-as_is"), buttons.Select(button => button.Attribute("id")!.Value));
        Assert.Equal("tested-as_is", Assert.Single(buttons, button => button.Attribute("checked") is not null).Attribute("id")!.Value);
        foreach (var (button, view) in buttons.Zip(kept.Tests.Prepend(kept.Before)))
        {
            // The style shows the figure behind the label behind the chosen button.
            var (label, figure) = (button.ElementsAfterSelf().First(), button.ElementsAfterSelf().ElementAt(1));
            Assert.Equal(("label", "figure"), (label.Name.LocalName, figure.Name.LocalName));
            Assert.Equal($"/audits/{audit}/items/1/tested/{PictureEndpoints.TestWord(view.Test)}.jpg", figure.Element("img")!.Attribute("src")!.Value);
            Assert.Contains(view.PredictedName!, figure.Value, StringComparison.Ordinal);
            Assert.Equal(view.Flipped == true, figure.Value.Contains("Another answer", StringComparison.Ordinal));
        }

        var other = await ShownPage.GetAsync(server, $"/audits/{audit}/items/2");
        Assert.Contains("No pictures of these tests were kept", other.Visible, StringComparison.Ordinal);
        Assert.Contains($"/audits/{audit}/items?turned=true", other.Links);
    }

    [Fact]
    public async Task Command_that_explains_an_item_again_names_it_and_the_server()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit}/items/7");
        var command = page.ById("replay").Descendants().Single(element => element.Name.LocalName == "code").Value;
        Assert.StartsWith("batchxai submit --model ", command, StringComparison.Ordinal);
        Assert.Contains($" --item 7.png ", command, StringComparison.Ordinal);
        Assert.EndsWith($" --server {server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}", command, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_of_an_item_leads_to_the_items_that_share_it()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        foreach (var item in (int[])[1, 2])
        {
            var page = await ShownPage.GetAsync(server, $"/audits/{audit}/items/{item}");
            foreach (var (column, value) in BrowsedRows.MetadataOf(item)!)
            {
                var link = page.All("dt").Single(name => name.Element("bdi")?.Value == column).ElementsAfterSelf("dd").First().Element("a")!;
                Assert.Equal(value, link.Value);
                var list = await ShownPage.GetAsync(server, link.Attribute("href")!.Value);
                var expected = BrowsedRows.Rows.Select(row => (int)row.Item).Distinct().Count(one => BrowsedRows.MetadataOf(one)?.GetValueOrDefault(column) == value);
                Assert.Contains($"{expected} items", list.Visible, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Items_before_and_after_are_those_of_the_list_that_the_person_came_from()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        const string List = "class=dog&sort=item&desc=true";
        var listed = Cards(await ShownPage.GetAsync(server, $"/audits/{audit}/items?{List}")).Select(card => card.Descendants("a").Single().Attribute("href")!.Value).ToList();
        var page = await ShownPage.GetAsync(server, listed[1]);
        Assert.Equal((listed[0], listed[2]), (Link("prev"), Link("next")));
        Assert.Contains($"/audits/{audit}/items?{List}", page.Links);

        string Link(string rel) => page.All("a").Single(link => link.Attribute("rel")?.Value == rel).Attribute("href")!.Value;
    }

    [Fact]
    public async Task Items_without_heatmap_or_image_say_so()
    {
        await using var server = await ApiServer.StartAsync();
        var audit = await BrowsedAudit.SeedAsync(server);
        Assert.Contains("could not be read", (await ShownPage.GetAsync(server, $"/audits/{audit}/items/5")).Visible, StringComparison.Ordinal);
        var page = await ShownPage.GetAsync(server, $"/audits/{audit}/items/7");
        Assert.Contains("No heatmap: No target", page.Visible, StringComparison.Ordinal);
        Assert.Single(page.All("img"));
    }

    [Fact]
    public void Every_measure_stands_in_the_table_of_an_item()
    {
        foreach (var measure in typeof(FocusMeasures).GetProperties().Where(property => property.PropertyType == typeof(double?) && property.Name is not (nameof(FocusMeasures.PointingGameByChance) or nameof(FocusMeasures.PaddingArea))))
        {
            var measures = new FocusMeasures();
            measure.SetValue(measures, .25);
            Assert.Single(MeasureLine.All, line => line.Value(measures) != line.Value(new()));
        }

        Assert.Equal(["75%", "30%", "4%"], MeasureLine.All.Where(line => line.Name is "Attention on the background" or "Pointing game" or "Padding")
            .Select(line => line.Chance(new() { ObjectArea = .25, PointingGameByChance = .3, PaddingArea = .04 })));
    }

    private static IReadOnlyList<XElement> Cards(ShownPage page) => [.. page.All("article").Where(card => card.Attribute("class")?.Value == "item")];
}
