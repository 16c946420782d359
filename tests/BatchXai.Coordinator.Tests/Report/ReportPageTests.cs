using System.Text.RegularExpressions;
using System.Xml.Linq;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

public sealed partial class ReportPageTests
{
    private const string Hostile = "<script>alert('x')</script>\"&'";

    [Fact]
    public async Task Page_IsWellFormed()
    {
        using var written = await WrittenReport.OfAsync(Rows());

        Assert.Equal("html", Parse(written).Root!.Name.LocalName);
    }

    [Fact]
    public async Task Page_ShowsTheFigures()
    {
        using var written = await WrittenReport.OfAsync(Rows());
        var text = Visible(Parse(written));

        Assert.Contains("On average 20% of Grad-CAM attention lies on the background; chance would put 75% there.", text, StringComparison.Ordinal);
        Assert.Contains("0.60", text, StringComparison.Ordinal); // κ
        Assert.Contains("3.20", text, StringComparison.Ordinal); // lift
        Assert.Contains(new string('e', 64), text, StringComparison.Ordinal); // the model's hash
        Assert.All(written.Report.Limits, sentence => Assert.Contains(sentence, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_FetchesNothingAndRunsNothing()
    {
        using var written = await WrittenReport.OfAsync(Rows(), Pictures(0));
        var page = Parse(written);
        var elements = page.Descendants().ToList();

        Assert.DoesNotContain(elements, element => element.Name.LocalName is "script" or "link" or "iframe" or "object" or "embed" or "base");
        Assert.All(Addresses(elements), address => Assert.True(address.StartsWith('#') || address.StartsWith("data:", StringComparison.Ordinal), address));
        Assert.DoesNotMatch(@"(?i)https?:|url\(|@import|\son[a-z]+\s*=", written.Text("report.html"));
    }

    [Fact]
    public async Task Page_HostileNames_AreText()
    {
        var rows = Rows().Select(row => row with { Label = Hostile, ItemId = Hostile, PredictedName = Hostile, Split = Hostile }).ToList();
        using var written = await WrittenReport.OfAsync(rows);
        var page = Parse(written);

        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName == "script");
        Assert.DoesNotContain("<script", written.Text("report.html"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Hostile, Visible(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Tables_HaveCaptionsOrNamesAndScopedHeaders()
    {
        using var written = await WrittenReport.OfAsync(Rows());
        var elements = Parse(written).Descendants().ToList();

        Assert.Contains(elements, element => element.Name.LocalName == "table");
        Assert.All(elements.Where(element => element.Name.LocalName == "table"), table => Assert.Single(table.Elements(), child => child.Name.LocalName == "caption"));
        Assert.All(elements.Where(element => element.Name.LocalName == "th"), header => Assert.NotNull(header.Attribute("scope")));
        Assert.All(elements.Where(element => element.Name.LocalName == "svg"), svg => Assert.True(svg.Attribute("aria-hidden") is not null || svg.Attribute("aria-label") is not null));
    }

    [Fact]
    public async Task Page_IdsAreUniqueAndEveryLinkAndNameLeadsToOne()
    {
        using var written = await WrittenReport.OfAsync(Rows());
        var elements = Parse(written).Descendants().ToList();
        var ids = elements.Select(element => element.Attribute("id")?.Value).OfType<string>().ToList();

        Assert.Distinct(ids);
        Assert.All(elements.Select(element => element.Attribute("href")?.Value).OfType<string>(), address => Assert.Contains(address[1..], ids));
        Assert.All(elements.Select(element => element.Attribute("aria-labelledby")?.Value).OfType<string>(), name => Assert.Contains(name, ids));
    }

    [Fact]
    public async Task Page_EvidencePictures_AreInsideWithAlternativeTexts()
    {
        using var written = await WrittenReport.OfAsync(Rows(), Pictures(0));
        var page = Parse(written);
        var images = page.Descendants().Where(element => element.Name.LocalName == "img").ToList();

        Assert.Equal(["data:image/jpeg;base64,AQI=", "data:image/png;base64,AwQ="], images.Select(image => image.Attribute("src")!.Value));
        Assert.All(images, image => Assert.NotEmpty(image.Attribute("alt")!.Value));
        Assert.Contains("No picture", Visible(page), StringComparison.Ordinal); // the other listed items
    }

    [Fact]
    public async Task Page_TestedItem_IsShownAsItWasAndChangedWithBothAnswers()
    {
        var item = Pictured.Of(7, Hostile);
        using var written = await TestedAsync([item], new() { [item.Before.Picture!] = [5, 6] }); // the other picture is lost
        var page = Parse(written);
        var card = page.Descendants().Single(element => element.Attribute("id")?.Value == "tested-7");
        var image = Assert.Single(card.Descendants(), element => element.Name.LocalName == "img");

        Assert.Equal("data:image/jpeg;base64,BQY=", image.Attribute("src")!.Value);
        Assert.Equal("Item 7, as it is. The model says cat, 98%", image.Attribute("alt")!.Value);
        var text = Blanks().Replace(card.Value, " ");
        Assert.All([Hostile, "No picture", "Background: other class", "dog 91%", "another answer", "from dog/2.png, dog"], words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.Contains("filled by diffusion", Visible(page), StringComparison.Ordinal);
        Assert.Equal([5, 6], await File.ReadAllBytesAsync(Path.Combine(written.Folder, "evidence/000000007-as_is.jpg"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Page_NoAnswerTurned_IsSaidOnlyWhereItWasLookedFor()
    {
        const string None = "0 of 40 answers that were right";
        using var looked = await TestedAsync([], []);
        using var not = await TestedAsync(null, []);

        Assert.Contains(None, Visible(Parse(looked)), StringComparison.Ordinal);
        Assert.DoesNotContain(None, Visible(Parse(not)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SmallClass_HasNoFigure()
    {
        var rows = Rows().Concat(Enumerable.Range(100, 3).Select(i => Sample.Map(i, 0.87, "rare"))).ToList();
        using var written = await WrittenReport.OfAsync(rows);
        var line = Parse(written).Descendants().Single(element => element.Attribute("id")?.Value == "classes")
            .Descendants().Single(element => element.Name.LocalName == "tr" && element.Elements().First().Value == "rare");

        Assert.Equal("grey", line.Attribute("class")!.Value);
        Assert.Contains("pictures only", line.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("0.74", line.Value, StringComparison.Ordinal); // κ of E = .87
    }

    [Fact]
    public async Task Page_TrainingAndValidation_AreHeldAgainstEachOther()
    {
        using var written = await WrittenReport.OfAsync([.. Enumerable.Range(0, 120).Select(i => Sample.Map(i, 0.8) with { Split = i < 60 ? "train" : "val" })]);
        var splits = Blanks().Replace(Parse(written).Descendants().Single(element => element.Attribute("id")?.Value == "splits").Value, " ");

        Assert.Contains("Judged without the items of split train", Visible(Parse(written)), StringComparison.Ordinal);
        Assert.Contains("Split train held against split val.", splits, StringComparison.Ordinal);
        Assert.Contains(written.Report.SplitReading!.Sentence, splits, StringComparison.Ordinal);
        Assert.Contains("Accuracy is 100% on split train and 100% on split val", splits, StringComparison.Ordinal);
        Assert.All(written.Report.SplitReading.NextSteps, step => Assert.Contains(step, splits, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_NothingExplained_IsStillAPage()
    {
        using var written = await WrittenReport.OfAsync([Sample.Unreadable(0)]);

        Assert.Contains("No heatmap could be made.", Visible(Parse(written)), StringComparison.Ordinal);
    }

    private static List<ItemResult> Rows() => [.. Enumerable.Range(0, 40).Select(i => Sample.Map(i, 0.8))];

    private static async Task<WrittenReport> TestedAsync(IReadOnlyList<PicturedItem>? evidence, Dictionary<string, byte[]> pictures)
    {
        var causal = new CausalReport { Choice = CausalChoice.Full, Items = 40, ForwardPasses = 400, Statuses = new Dictionary<CausalStatus, long>(), Figures = [] };
        return await WrittenReport.OfAsync(await Sample.BuildAsync(Rows()) with { Causal = causal, TurnedAnswers = evidence is null ? null : new() { Judged = 40, Turned = evidence.Count, Shown = evidence } }, Rows(), ReportPictures.None with { Tested = pictures });
    }

    private static Dictionary<long, EvidencePictures> Pictures(long item) => new() { [item] = new EvidencePictures([1, 2], [3, 4]) };

    // An HTML page whose elements all close, but for those that HTML never closes, is XML once these are closed.
    private static XDocument Parse(WrittenReport written) => XDocument.Parse(Voids().Replace(written.Text("report.html"), "<$1$2/>"), LoadOptions.PreserveWhitespace);

    private static IEnumerable<string> Addresses(IEnumerable<XElement> elements) =>
        elements.SelectMany(element => new[] { "src", "href", "srcset", "action" }.Select(name => element.Attribute(name)?.Value)).OfType<string>();

    private static string Visible(XDocument page) => Blanks().Replace(page.Root!.Elements().Last().Value, " ");

    [GeneratedRegex(@"<(meta|img)\b([^>]*?)\s*/?>")]
    private static partial Regex Voids();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
