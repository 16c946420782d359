using System.Text;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Datasets;
using Xunit;

namespace BatchXai.Storage.Tests.Datasets;

public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ReadCsv_EveryColumn_Understood()
    {
        folder.With("1.jpg", "x/2.jpg", "m/1.png");
        var file = folder.Add("d.csv", "\uFEFFPath, label ,split,mask,boxes,group,Camera\r\n1.jpg,cat,train,m/1.png,1 2 3.5 4; 0 0 10 10,g1,left\r\nx/2.jpg,,,,,,\r\n");

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = file });

        Assert.Equal(2, items.Count);
        Assert.Equivalent(
            new DatasetItem
            {
                Index = 0, Id = "1.jpg", Path = "1.jpg", Label = "cat", Split = "train", Mask = "m/1.png", Boxes = [new(1, 2, 3.5, 4), new(0, 0, 10, 10)], Group = "g1",
                Metadata = new Dictionary<string, string> { ["Camera"] = "left" },
            },
            items[0],
            strict: true);
        Assert.Equivalent(new DatasetItem { Index = 1, Id = "x/2.jpg", Path = "x/2.jpg" }, items[1], strict: true);
        Assert.Equal((folder.Path, folder.Path, DatasetFormat.Csv, 1L, 1L), (dataset.ImageRoot, dataset.MaskRoot, dataset.Summary.Format, dataset.Summary.Masks, dataset.Summary.Boxes));
        Assert.Equal("1 items have no mask: 'x/2.jpg'.", Assert.Single(dataset.Summary.Warnings));
    }

    [Fact]
    public async Task ReadJsonLines_EveryColumn_Understood()
    {
        folder.With("1.jpg", "x/2.jpg", "m/1.png");
        var file = folder.Add(
            "d.jsonl",
            """
            {"path": "./1.jpg", "label": 7, "split": "train", "mask": "m/1.png", "boxes": [[1, 2, 3.5, 4], [0, 0, 10, 10]], "group": "g1", "camera": "left", "ok": true, "n": null, "more": {"a": [1]}}

            {"path": "x\\2.jpg", "label": null}
            """);

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = file });

        Assert.Equivalent(
            new DatasetItem
            {
                Index = 0, Id = "1.jpg", Path = "1.jpg", Label = "7", Split = "train", Mask = "m/1.png", Boxes = [new(1, 2, 3.5, 4), new(0, 0, 10, 10)], Group = "g1",
                Metadata = new Dictionary<string, string> { ["camera"] = "left", ["ok"] = "true", ["more"] = "{\"a\": [1]}" },
            },
            items[0],
            strict: true);
        Assert.Equivalent(new DatasetItem { Index = 1, Id = "x/2.jpg", Path = "x/2.jpg" }, items[1], strict: true);
        Assert.Equal(DatasetFormat.JsonLines, dataset.Summary.Format);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task ReadCsv_QuotesCommasNewlines_Work(string newline)
    {
        string[] names = ["it's, \"so\".jpg", "new\nline.jpg", "re\r\nturn.jpg", "🦩 ü.jpg", " space .jpg", "\"", "a\\b.jpg", string.Concat(Enumerable.Repeat("🦩", 62)) + "123.jpg"];
        folder.With(names);
        var lines = names.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"cl,\"\"a\"\"ss\"").Prepend("path,label");
        var file = folder.Add("d.csv", string.Join(newline, lines));

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = file });

        Assert.Equal(names, items.Select(item => item.Path));
        Assert.All(items, item => Assert.Equal("cl,\"a\"ss", item.Label));
        Assert.Empty(dataset.Summary.Warnings);
    }

    [Fact]
    public async Task ReadCsv_Utf16WithMark_Works()
    {
        folder.With("ü.jpg");
        var file = folder["d.csv"];
        await File.WriteAllTextAsync(file, "path,label\nü.jpg,é\n", Encoding.Unicode, TestContext.Current.CancellationToken);

        Assert.Equal("é", Assert.Single((await Datasets.ReadAsync(new() { Path = file })).Items).Label);
    }

    [Fact]
    public async Task OpenCsv_ManyBadLines_EachWithItsLine()
    {
        folder.With("a.jpg");
        var file = folder.Add(
            "d.csv",
            "path,label,boxes\n\"a\nb.jpg\",x,1 2 3\na.jpg,x\na\"b.jpg,x,\n\"a\"b.jpg,x,\n,x,\n../up.jpg,x,\n/etc/passwd,x,\nhttp://h/a.jpg,x,\na.jpg,x,4 4 1 9\na.jpg,x,\na.jpg,y,\n..\\up.jpg,x,\nc.jpg,x,\"open\n");

        var problems = await Datasets.ProblemsAsync(new() { Path = file });

        string[] expected =
        [
            ":2: boxes '1 2 3'", ":4: 2 fields", ":5: a quote stands inside", ":6: text follows a closing quote", ":7: there is no path", ":8: path '../up.jpg' is refused: it has a '..'",
            ":9: path '/etc/passwd' is refused: it is an absolute path", ":10: path 'http://h/a.jpg' is a URL", ":11: boxes '4 4 1 9'", ":14: path '..\\up.jpg' is refused", ":15: a quote is opened and never closed",
        ];
        Assert.All(expected, text => Assert.Contains(problems, problem => problem.Contains(text, StringComparison.Ordinal)));
        Assert.Contains(problems, problem => problem.StartsWith("Line 13 of the manifest lists 'a.jpg', which line", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenJsonLines_ManyBadLines_EachWithItsLine()
    {
        folder.With("a.jpg");
        var file = folder.Add(
            "d.jsonl",
            """
            {"path": "a.jpg"}
            {"path": "b.jpg"
            [1]
            {"path": 5}
            {"label": "x"}
            {"path": "b.jpg", "boxes": [[1, 2, 3]]}
            {"path": "b.jpg", "boxes": "1 2 3 4"}
            {"path": "b.jpg", "path": "c.jpg"}
            {"path": "\ud800"}
            {"path": "../b.jpg"}
            {"path": "b.jpg", "mask": "../m.png"}
            {"path": "b\u0000.jpg"}
            {"path": "b.jpg", "label": []}
            """);

        var problems = await Datasets.ProblemsAsync(new() { Path = file });

        Assert.Equal(Enumerable.Range(2, 12), problems.Select(problem => int.Parse(problem[(file.Length + 1)..].Split(':')[0], null)));
    }

    [Fact]
    public async Task OpenCsv_HundredBadLines_FiftyShownRestCounted()
    {
        var file = folder.Add("d.csv", "path\n" + string.Concat(Enumerable.Repeat("../x\n", 100)));

        var problems = await Datasets.ProblemsAsync(new() { Path = file });

        Assert.Equal(51, problems.Count);
        Assert.Contains("50 more", problems[50], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file;label\na;b\n", "no column 'path'")]
    [InlineData("path,label,label\na,b,c\n", "columns named twice: 'label'")]
    [InlineData("path\n", "has no images")]
    [InlineData("", "has no images")]
    [InlineData("path\nnone.jpg\n", "None of the 1 images in the manifest exists")]
    public async Task OpenCsv_UnusableFile_SaysWhy(string content, string expected) =>
        Assert.Contains(expected, Assert.Single(await Datasets.ProblemsAsync(new() { Path = folder.Add("d.csv", content) })), StringComparison.Ordinal);

    [Fact]
    public async Task OpenCsv_NotUtf8_SaysSo()
    {
        var file = folder["d.csv"];
        await File.WriteAllBytesAsync(file, [.. "path\nb"u8, 0xFC, .. ".jpg\n"u8], TestContext.Current.CancellationToken);

        Assert.Contains("not valid UTF-8", Assert.Single(await Datasets.ProblemsAsync(new() { Path = file })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d.csv", "path\n\"", "never closed")]
    [InlineData("d.csv", "path\n", "longer than")]
    [InlineData("d.jsonl", "{\"path\": \"", "longer than")]
    public async Task Open_RecordWithoutEnd_StopsAtTheLimit(string name, string beginning, string expected)
    {
        var file = folder.Add(name, beginning + new string('x', 3_000_000));

        Assert.Contains(expected, Assert.Single(await Datasets.ProblemsAsync(new() { Path = file })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_LinkOut_RefusedWithItsLine()
    {
        folder.With("secret.jpg", "d/1.jpg");
        File.CreateSymbolicLink(folder["d/2.jpg"], folder["secret.jpg"]);
        var file = folder.Add("d/d.csv", "path\n1.jpg\n2.jpg\n");

        Assert.StartsWith($"{file}:3: path '2.jpg' is refused: a symbolic link", Assert.Single(await Datasets.ProblemsAsync(new() { Path = file })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FilesMissing_WarnedAndCounted()
    {
        folder.With("1.jpg", "1.png");
        var file = folder.Add("d.csv", "path,mask\n1.jpg,1.png\n2.jpg,2.png\n");

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = file });

        Assert.Equal(["1.png", null], items.Select(item => item.Mask));
        Assert.Equal(["1 images are listed but do not exist: '2.jpg'.", "1 masks are listed but do not exist: '2.png'."], dataset.Summary.Warnings);
    }

    [Fact]
    public async Task Read_ManifestAndMaskFolder_ColumnIsRelativeToTheMaskFolder()
    {
        folder.With("d/a/1.jpg", "d/a/2.jpg", "m/named.png", "m/a/2.png");
        var file = folder.Add("d/d.csv", "path,mask\na/1.jpg,named.png\na/2.jpg,\n");

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = file, Masks = folder["m"] });

        Assert.Equal(["named.png", "a/2.png"], items.Select(item => item.Mask));
        Assert.Equal(folder["m"], dataset.MaskRoot);
    }

    [Fact]
    public async Task Read_Split_OnlyThatSplitCounts()
    {
        folder.With("1.jpg", "2.jpg");
        var file = folder.Add("d.csv", "path,label,split\n1.jpg,a,train\n2.jpg,b,val\n");

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = file, Split = "val" }, "0", "1");

        Assert.Equal(("2.jpg", 0L), (Assert.Single(items).Id, items[0].Index));
        Assert.Equal([1], items[0].Outputs!);
        Assert.Equal("val", Assert.Single(dataset.Summary.Splits).Name);
    }
}
