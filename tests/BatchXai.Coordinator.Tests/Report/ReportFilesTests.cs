using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

public sealed class ReportFilesTests
{
    [Fact]
    public async Task Json_ReadBack_IsTheSameReport()
    {
        using var written = await WrittenReport.OfAsync([.. Enumerable.Range(0, 40).Select(i => Sample.Map(i, 0.8))]);
        var text = written.Text("report.json");
        var read = JsonSerializer.Deserialize<OverfittingReport>(text, ReportJson.Options)!;

        Assert.Equal(text, JsonSerializer.Serialize(read, ReportJson.Options));
        Assert.Equal(written.Report.Methods[0].Focus[0], read.Methods[0].Focus[0]);
    }

    [Fact]
    public async Task Json_HasTheDocumentedNames()
    {
        using var written = await WrittenReport.OfAsync([.. Enumerable.Range(0, 40).Select(i => Sample.Map(i, 0.8))]);
        var root = JsonDocument.Parse(written.Text("report.json")).RootElement;

        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(40, root.GetProperty("outcomes").GetProperty("explained").GetInt64());
        Assert.Equal(0, root.GetProperty("outcomes").GetProperty("noPositiveEvidence").GetInt64());
        var focus = root.GetProperty("methods")[0].GetProperty("focus")[0];
        Assert.Equal("mask", focus.GetProperty("maskKind").GetString());
        Assert.Equal("interval", focus.GetProperty("support").GetString());
        Assert.Equal(0.6, focus.GetProperty("focus").GetProperty("value").GetDouble(), 12);
        Assert.Equal(3, root.GetProperty("seeds").GetProperty("bootstrap").GetInt32());
    }

    [Fact]
    public async Task Evidence_OfAListedItem_IsAFileThatTheJsonNames()
    {
        using var written = await WrittenReport.OfAsync(
            [.. Enumerable.Range(0, 40).Select(i => Sample.Map(i, 0.8))],
            new Dictionary<long, EvidencePictures> { [0] = new([1, 2], [3, 4]) });
        var listed = JsonDocument.Parse(written.Text("report.json")).RootElement.GetProperty("listed");

        Assert.Equal("evidence/item-0.png", listed[0].GetProperty("picture").GetString());
        Assert.Equal(JsonValueKind.Null, listed[1].GetProperty("picture").ValueKind);
        Assert.Equal([3, 4], await File.ReadAllBytesAsync(Path.Combine(written.Folder, "evidence/item-0.png"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ItemsCsv_HasOneLineARowAndEveryMeasure()
    {
        using var written = await WrittenReport.OfAsync([Sample.Map(0, 0.75), Sample.Unreadable(1), Sample.Zero(2)]);
        var lines = written.Text("items.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var header = lines[0].Split(',');
        var first = header.Zip(lines[1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);

        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Equal(header.Length, line.Split(',').Length));
        Assert.Equal("0.5", first["focus"]);
        Assert.Equal("0.25", first["background_attention"]);
        Assert.Equal("explained", first["outcome"]);
        Assert.Equal("true", first["correct"]);
        Assert.Equal("zero_heatmap", lines[3].Split(',')[Array.IndexOf(header, "status")]);
        Assert.Equal("", lines[3].Split(',')[Array.IndexOf(header, "focus")]);
        Assert.All(typeof(FocusMeasures).GetProperties(), measure => Assert.Contains(JsonNamingPolicy.SnakeCaseLower.ConvertName(measure.Name), header));
    }

    [Fact]
    public async Task ClassesCsv_HasOneLineAClassWithItsFigures()
    {
        using var written = await WrittenReport.OfAsync([.. Enumerable.Range(0, 35).Select(i => Sample.Map(i, 0.8, i < 30 ? "cat" : "rare, very"))]);
        var lines = written.Text("classes.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("cat,gradcam,predicted,masks,30,30,1,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"rare, very\",gradcam,predicted,masks,5,5,1,", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",interval", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",pictures_only", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("plain - text", "plain - text")]
    [InlineData(null, "")]
    public void CsvLine_Text_IsQuotedAndNoFormula(string? text, string cell) =>
        Assert.Equal($"{cell},2\r\n", new CsvLine().Text(text).Number(2).End());

    [Fact]
    public void CsvLine_NegativeNumber_StaysANumber() => Assert.Equal("-0.5,,true\r\n", new CsvLine().Number(-0.5).Number(null).Flag(true).End());

    [Fact]
    public async Task Write_WhereAFileIsInTheWay_NamesTheFolder()
    {
        using var written = await WrittenReport.OfAsync([Sample.Map(0, 0.5)]);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => written.WriteAgainAsync(Sample.Stream<ItemResult>([]), prefix: "report.json/out/"));

        Assert.Contains(written.Folder, Assert.Single(error.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_BelowAPrefix_LeavesTheRestAlone()
    {
        using var written = await WrittenReport.OfAsync([Sample.Map(0, 0.5)]);
        await written.WriteAgainAsync(Sample.Stream<ItemResult>([]), prefix: "audits/1/report/");

        Assert.Equal(2, written.Text("items.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Single(written.Text("audits/1/report/items.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(written.Text("report.json"), written.Text("audits/1/report/report.json"));
    }

    [Fact]
    public async Task Write_StoppedHalfway_LeavesNoPartialFile()
    {
        using var written = await WrittenReport.OfAsync([Sample.Map(0, 0.5)]);
        var before = written.Text("items.csv");
        var files = Directory.GetFiles(written.Folder, "*", SearchOption.AllDirectories);
        await Assert.ThrowsAsync<InvalidOperationException>(() => written.WriteAgainAsync(Broken()));

        Assert.Equal(before, written.Text("items.csv"));
        Assert.Equal(files.Order(), Directory.GetFiles(written.Folder, "*", SearchOption.AllDirectories).Order());
    }

    private static async IAsyncEnumerable<ItemResult> Broken()
    {
        yield return Sample.Map(0, 0.5);
        await Task.CompletedTask;
        throw new InvalidOperationException("the source broke");
    }
}
