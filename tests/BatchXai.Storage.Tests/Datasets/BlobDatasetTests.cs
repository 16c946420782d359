using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Datasets;
using BatchXai.Storage.Locations;
using BatchXai.Storage.Tests.Blobs;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Storage.Tests.Datasets;

/// <summary>The same dataset in a folder and in blobs: the same items, counts and problems.</summary>
public sealed class BlobDatasetTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private TestContainer? container;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestContainer Container => container ?? throw new InvalidOperationException("Not initialized.");

    private string Root => $"azblob://{Container.Name}";

    public async ValueTask InitializeAsync() => container = await TestContainer.MakeAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        if (container is not null)
        {
            await container.DisposeAsync();
        }
    }

    [Fact]
    public async Task Read_ClassFoldersWithMasksAndOddNames_TheSame()
    {
        folder.With("d/cat/1.jpg", "d/cat/2.x.jpg", "d/cat/sub/3.webp", "d/cat-b/1.bmp", "d/cat/notes.txt", "d/cat/.hidden.jpg", "d/loose.jpg", "d/dog/._1.jpg", "d/Dog/1.PNG");
        folder.With(new[] { "it's, \"so\".jpg", "new\nline.jpg", "🦩 ü.jpg", "ａ.jpg", string.Concat(Enumerable.Repeat("🦩", 62)) + "123.jpg", "<img src=x>.png", "=cmd|x.jpg", "%2e%2e.jpg", "a#b?c.jpg" }.Select(name => "d/cl\"a,s\ns/" + name));
        folder.With("m/cat/1.png", "m/cat/2.x.webp", "m/cl\"a,s\ns/🦩 ü.png", "m/cat/3.jpg");

        await AssertSameAsync(new DatasetSpec { Path = "d", Masks = "m" });
        await AssertSameAsync(new DatasetSpec { Path = "d" });
    }

    [Fact]
    public async Task Read_SplitsAndMasksInside_TheSame()
    {
        folder.With("d/Train/cat/1.jpg", "d/Train/dog/1.jpg", "d/val/cat/1.jpg", "d/val/loose.jpg", "d/masks/Train/cat/1.png", "e/cat/1.jpg", "e/masks/cat/1.png", "f/a.jpg", "f/b.png");

        await AssertSameAsync(new DatasetSpec { Path = "d", Masks = "d/masks", Split = "train" });
        await AssertSameAsync(new DatasetSpec { Path = "e", Masks = "e/masks" });
        await AssertSameAsync(new DatasetSpec { Path = "f" });
    }

    [Theory]
    [InlineData("d.csv", "path,label,split,mask,boxes,group,camera\na/1.jpg,cat,train,m/1.png,1 2 3 4,g,left\na\\2.jpg,dog,val,none.png,,,\n./a/gone.jpg,dog,val,,,,\n\"a/it's, 🦩.jpg\",dog,val,,,,\n")]
    [InlineData("d.jsonl", "{\"path\": \"a/1.jpg\", \"label\": 3, \"mask\": \"m/1.png\"}\n{\"path\": \"a\\\\2.jpg\", \"boxes\": [[1, 2, 3, 4]]}\n{\"path\": \"a/it's, 🦩.jpg\", \"more\": {\"x\": 1}}")]
    public async Task Read_Manifest_TheSame(string name, string content)
    {
        folder.With("d/a/1.jpg", "d/a/2.jpg", "d/a/it's, 🦩.jpg", "d/m/1.png", "m/a/2.png");
        folder.Add("d/" + name, content);
        folder.Add("map.csv", "class,outputs\ncat,1 2\ndog,0\n3,\n");

        await AssertSameAsync(new DatasetSpec { Path = "d/" + name, ClassMap = "map.csv" }, "a", "b", "c");
    }

    [Fact]
    public async Task Read_ManifestWithManyItems_OneListingAFolder()
    {
        folder.With(Enumerable.Range(0, 10).Select(i => $"d/{i % 2}/{i}.jpg"));
        folder.With("m/1/3.bmp");
        folder.Add("d/d.csv", "path\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i % 2}/{i}.jpg\n")));
        await UploadAsync(folder.Path, "");
        var transport = new FaultyTransport(_ => null);
        var service = new Azure.Storage.Blobs.BlobServiceClient(Container.ConnectionString, BlobAccount.Options(transport));
        var locations = new SourceLocations([], new BlobAccount(service, token: false, TimeProvider.System));

        var dataset = await DatasetReader.OpenAsync(new() { Path = Root + "/d/d.csv", Masks = Root + "/m" }, [], locations, Ct);
        var items = await dataset.ReadItemsAsync(Ct).CountAsync(Ct);

        Assert.Equal((3000, 1L), (items, dataset.Summary.Masks));
        Assert.Contains("2,990 images are listed but do not exist: '0/10.jpg', '1/11.jpg', '0/12.jpg' ….", dataset.Summary.Warnings);
        Assert.InRange(transport.Requests, 8, 12);
    }

    [Fact]
    public async Task Open_WhatIsNotThereOrRefused_AllToldAtOnce()
    {
        await Container.Store().WriteAsync("d/notes.txt", [1], Ct);
        var locations = new SourceLocations([], Container.Account);

        var problems = (await Assert.ThrowsAsync<UserErrorException>(() =>
            DatasetReader.OpenAsync(new() { Path = Root + "/none", Masks = "https://other.example/m", ClassMap = "/etc/passwd" }, [], locations, Ct))).Problems;

        Assert.Equal(3, problems.Count);
        Assert.Contains(problems, problem => problem.StartsWith($"The dataset {Root}/none does not exist.", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'https://other.example/m' is refused: it is a URL outside", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'/etc/passwd' is refused", StringComparison.Ordinal) && problem.Contains("Expected azblob://container/path", StringComparison.Ordinal));
        problems = (await Assert.ThrowsAsync<UserErrorException>(() => DatasetReader.OpenAsync(new() { Path = Root + "/d" }, [], locations, Ct))).Problems;
        Assert.Contains("Looked for 'class/image'", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Caltech101_TheSame()
    {
        var root = SharedData.PathOrSkip("caltech101");
        await UploadAsync(root, "c/");
        var outputs = Enumerable.Range(0, 1001).Select(i => $"{i}").ToList();

        var expected = await ReadAsync(In(root), SourceLocations.Anywhere, outputs);
        var actual = await ReadAsync(In(Root + "/c"), new([], Container.Account), outputs);

        Assert.Equal(expected.Manifest, actual.Manifest);
        Assert.Equal(expected.Summary, actual.Summary);
        Assert.Equal((Root + "/c/images", Root + "/c/masks"), (actual.Dataset.ImageRoot, actual.Dataset.MaskRoot));

        static DatasetSpec In(string place) => new() { Path = place + "/images", Masks = place + "/masks", ClassMap = place + "/class-map-imagenet1001.csv" };
    }

    private static async Task<(Dataset Dataset, string Manifest, string Summary)> ReadAsync(DatasetSpec spec, SourceLocations locations, IReadOnlyList<string> outputs)
    {
        var dataset = await DatasetReader.OpenAsync(spec, outputs, locations, Ct);
        using var lines = new MemoryStream();
        await ManifestLines.WriteAsync(lines, await dataset.ReadItemsAsync(Ct).ToListAsync(Ct), Ct);
        return (dataset, System.Text.Encoding.UTF8.GetString(lines.ToArray()), JsonSerializer.Serialize(dataset.Summary, StorageJson.Options));
    }

    private async Task AssertSameAsync(DatasetSpec spec, params IReadOnlyList<string> outputs)
    {
        await UploadAsync(folder.Path, "");
        var files = await ReadAsync(In(folder.Path), SourceLocations.Anywhere, outputs);
        var blobs = await ReadAsync(In(Root), new([], Container.Account), outputs);
        Assert.NotEmpty(files.Manifest);
        Assert.Equal(files.Manifest, blobs.Manifest);
        Assert.Equal(files.Summary, blobs.Summary);

        DatasetSpec In(string place) => spec with { Path = $"{place}/{spec.Path}", Masks = spec.Masks is null ? null : $"{place}/{spec.Masks}", ClassMap = spec.ClassMap is null ? null : $"{place}/{spec.ClassMap}" };
    }

    private async Task UploadAsync(string from, string prefix)
    {
        var (files, blobs) = (new FolderBlobStore(from), Container.Store());
        await Parallel.ForEachAsync(files.ListAsync("", Ct), Ct, async (address, ct) =>
        {
            await using var file = await files.OpenReadAsync(address, ct);
            await blobs.WriteAsync(prefix + address, file, ct);
        });
    }
}
