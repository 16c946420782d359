using BatchXai.Storage.Datasets;
using Xunit;

namespace BatchXai.Storage.Tests.Datasets;

public sealed class FolderDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_FolderPerClass_LabelsInOrdinalOrder()
    {
        folder.With("d/dog/2.PNG", "d/cat/10.jpg", "d/cat/2.jpeg", "d/cat/sub/1.webp", "d/cat-b/1.bmp");

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = folder["d"] });

        Assert.Equal(["cat-b/1.bmp", "cat/10.jpg", "cat/2.jpeg", "cat/sub/1.webp", "dog/2.PNG"], items.Select(item => item.Id));
        Assert.Equal(["cat-b", "cat", "cat", "cat", "dog"], items.Select(item => item.Label));
        Assert.All(items, item => Assert.Equal(("all", item.Id), (item.Split, item.Path)));
        Assert.Equal((DatasetFormat.ClassFolders, folder["d"], null), (dataset.Summary.Format, dataset.ImageRoot, dataset.MaskRoot));
        Assert.Empty(dataset.Summary.Warnings);
        Assert.Equal(["cat", "cat-b", "dog"], Assert.Single(dataset.Summary.Splits).Classes.Select(one => one.Label));
    }

    [Fact]
    public async Task Read_SplitFolders_SplitsAndLabels()
    {
        folder.With("d/Train/cat/1.jpg", "d/Train/dog/1.jpg", "d/val/cat/1.jpg", "d/val/loose.jpg");

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = folder["d"] });
        var (_, chosen) = await Datasets.ReadAsync(new() { Path = folder["d"], Split = "train" });

        Assert.Equal([("Train/cat/1.jpg", "train", "cat"), ("Train/dog/1.jpg", "train", "dog"), ("val/cat/1.jpg", "val", "cat"), ("val/loose.jpg", "val", null)], items.Select(item => (item.Id, item.Split, item.Label)));
        Assert.Equal(items[..2], chosen);
        Assert.Equal(DatasetFormat.SplitFolders, dataset.Summary.Format);
        Assert.Equal([("train", 2L), ("val", 2L)], dataset.Summary.Splits.Select(split => (split.Name, split.Items)));
    }

    [Fact]
    public async Task Read_OneTopFolderIsNoSplit_AllAreClasses()
    {
        folder.With("d/train/1.jpg", "d/plane/1.jpg");

        var (_, items) = await Datasets.ReadAsync(new() { Path = folder["d"] });

        Assert.Equal(["plane", "train"], items.Select(item => item.Label));
    }

    [Fact]
    public async Task Read_FlatFolder_Unlabelled()
    {
        folder.With("d/b.jpg", "d/a.png");

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = folder["d"] }, "cat", "dog");

        Assert.Equal([("a.png", null), ("b.jpg", null)], items.Select(item => (item.Id, item.Label)));
        Assert.All(items, item => Assert.Null(item.Outputs));
        Assert.Equal(DatasetFormat.FlatFolder, dataset.Summary.Format);
    }

    [Fact]
    public async Task Read_HiddenAndOtherFiles_SkippedWithACount()
    {
        folder.With("d/cat/1.jpg", "d/cat/._1.jpg", "d/cat/Thumbs.db", "d/cat/.DS_Store", "d/.git/x.jpg", "d/cat/notes.txt", "d/cat/x.gif", "d/loose.jpg", "d/README.md");
        Directory.CreateDirectory(folder["d/empty"]);

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = folder["d"] });

        Assert.Equal(["cat/1.jpg"], items.Select(item => item.Id));
        Assert.Equal(3, dataset.Summary.Warnings.Count);
        Assert.Contains(dataset.Summary.Warnings, warning => warning.StartsWith("2 files are skipped", StringComparison.Ordinal) && warning.Contains("'cat/notes.txt', 'cat/x.gif'", StringComparison.Ordinal));
        Assert.Contains(dataset.Summary.Warnings, warning => warning.StartsWith("1 images beside the class folders", StringComparison.Ordinal));
        Assert.Contains(dataset.Summary.Warnings, warning => warning.StartsWith("1 class folders without any image: 'empty'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_ParallelMasks_FoundWithAnyMaskExtension()
    {
        folder.With("d/cat/1.jpg", "d/cat/2.x.jpg", "d/cat/3.jpg", "m/cat/1.png", "m/cat/2.x.webp", "m/cat/3.jpg");

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = folder["d"], Masks = folder["m"] + "/" });

        Assert.Equal(["cat/1.png", "cat/2.x.webp", null], items.Select(item => item.Mask));
        Assert.Equal(folder["m"], dataset.MaskRoot);
        Assert.Equal("1 items have no mask: 'cat/3.jpg'.", Assert.Single(dataset.Summary.Warnings));
    }

    [Fact]
    public async Task Read_MaskFolderInsideTheImages_IsNoClass()
    {
        folder.With("d/cat/1.jpg", "d/masks/cat/1.png");

        var (_, items) = await Datasets.ReadAsync(new() { Path = folder["d"], Masks = folder["d/masks"] });

        Assert.Equal(("cat", "cat/1.png"), (Assert.Single(items).Label, items[0].Mask));
    }

    [Fact]
    public async Task Read_MaskLinkOut_IsNoMask()
    {
        folder.With("d/cat/1.jpg", "d/cat/2.jpg", "m/cat/1.png", "secret.png");
        File.CreateSymbolicLink(folder["m/cat/2.png"], folder["secret.png"]);

        var (_, items) = await Datasets.ReadAsync(new() { Path = folder["d"], Masks = folder["m"] });

        Assert.Equal(["cat/1.png", null], items.Select(item => item.Mask));
    }

    [Fact]
    public async Task Read_StrangeNames_Work()
    {
        string[] names = ["it's, \"so\".jpg", "new\nline.jpg", "🦩 ü.jpg", string.Concat(Enumerable.Repeat("🦩", 62)) + "123.jpg", "<img src=x onerror=alert(1)>.png", "=cmd|x.jpg", "a\\b.jpg", "%2e%2e.jpg"];
        folder.With(names.Select(name => "d/cl\"a,s\ns/" + name));

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = folder["d"] });

        Assert.Equal(names.Select(name => "cl\"a,s\ns/" + name).Order(StringComparer.Ordinal), items.Select(item => item.Id));
        Assert.All(items, item => Assert.True(File.Exists(Path.Combine(dataset.ImageRoot, item.Path))));
    }

    [Fact]
    public async Task Open_LinksOut_AllRefused()
    {
        folder.With("secret/1.jpg", "d/cat/1.jpg");
        File.CreateSymbolicLink(folder["d/cat/2.jpg"], folder["secret/1.jpg"]);
        Directory.CreateSymbolicLink(folder["d/dog"], folder["secret"]);

        var problems = await Datasets.ProblemsAsync(new() { Path = folder["d"] });

        Assert.Equal(2, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("'cat/2.jpg'", StringComparison.Ordinal) && problem.Contains("symbolic link", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'dog'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_LinksInside_FilesFollowedFoldersNot()
    {
        folder.With("d/cat/1.jpg");
        File.CreateSymbolicLink(folder["d/cat/2.jpg"], "1.jpg");
        Directory.CreateSymbolicLink(folder["d/cat/loop"], folder["d/cat"]);

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = folder["d"] });

        Assert.Equal(["cat/1.jpg", "cat/2.jpg"], items.Select(item => item.Id));
        Assert.Equal("1 links to folders are not followed: 'cat/loop'.", Assert.Single(dataset.Summary.Warnings));
    }

    [Fact]
    public async Task Open_ManyThingsWrong_AllToldAtOnce()
    {
        var map = folder.Add("map.csv", "class,outputs\ncat,5\ncat,1\ndog,x\n");

        var problems = await Datasets.ProblemsAsync(new() { Path = folder["none"], Masks = folder["nowhere"], ClassMap = map }, "a", "b");

        Assert.Equal(4, problems.Count);
        Assert.Contains(problems, problem => problem.Contains(folder["none"], StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains(folder["nowhere"], StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith($"{map}:2: class 'cat': output 5 does not exist; the model has 2 outputs", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith($"{map}:4: class 'dog': 'x' is no output number", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_NothingThere_SaysWhatWasLookedFor()
    {
        folder.With("d/notes.txt");

        Assert.Contains("Looked for 'class/image'", Assert.Single(await Datasets.ProblemsAsync(new() { Path = folder["d"] })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WrongUse_SaysTheNextStep()
    {
        folder.With("d/images/cat/1.jpg", "d/masks/cat/1.png", "e/cat/1.jpg", "m/other/1.png", "data.txt");

        Assert.Contains(folder["d/masks"] + " as its masks", Assert.Single(await Datasets.ProblemsAsync(new() { Path = folder["d"] })), StringComparison.Ordinal);
        Assert.Contains("'cat/1.png' for 'cat/1.jpg'", Assert.Single(await Datasets.ProblemsAsync(new() { Path = folder["e"], Masks = folder["m"] })), StringComparison.Ordinal);
        Assert.Contains("same folder", Assert.Single(await Datasets.ProblemsAsync(new() { Path = folder["e"], Masks = folder["e"] + "/" })), StringComparison.Ordinal);
        Assert.Contains("The dataset has the splits 'all'", Assert.Single(await Datasets.ProblemsAsync(new() { Path = folder["e"], Split = "test" })), StringComparison.Ordinal);
        Assert.Contains(".csv or .jsonl", Assert.Single(await Datasets.ProblemsAsync(new() { Path = folder["data.txt"] })), StringComparison.Ordinal);
    }
}
