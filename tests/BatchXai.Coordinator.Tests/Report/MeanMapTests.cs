using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Coordinator.Components;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

public sealed class MeanMapTests : IDisposable
{
    private static readonly Guid Audit = Guid.Parse("11111111-2222-3333-4444-555555555555"), Run = Guid.Parse("99999999-0000-0000-0000-000000000000");
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-means-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_TwoShards_MeansEachClassWithEveryMapWeighingTheSame()
    {
        var blobs = new FolderBlobStore(folder);
        await WriteAsync(blobs, 0, "cat", [10, -5, 0, 0]);
        await WriteAsync(blobs, 1, "dog", [0, 0, 1, 3]);

        var means = await MeansAsync(blobs, 0, 1, 2); // shard 2 is lost

        Assert.Equal((2, 2, 80), (means!.Height, means.Width, means.Maps));
        Assert.Equal([.5f, 0, .125f, .375f], means.Overall);
        Assert.Equal(["cat", "dog"], means.Classes.Select(mean => mean.Class));
        Assert.Equal([1, 0, 0, 0], means.Classes[0].Shares);
        Assert.Equal([0, 0, .25f, .75f], means.Classes[1].Shares);
        Assert.All(means.Classes, mean => Assert.Equal(.5, mean.Distance, 1e-9));
    }

    [Fact]
    public async Task Read_NothingStored_IsNothing() =>
        Assert.Null(await MeansAsync(new FolderBlobStore(folder), 0));

    [Theory]
    [InlineData(56, 28, 2)]
    [InlineData(227, 26, 9)] // 227 is prime: the last squares are cut off
    public void Means_FineMaps_ArePooledSquareBySquare(int side, int pooled, int square)
    {
        var sums = new MeanMapSums();
        sums.Add(Sample.Map(0, .5), new(side, side, [.. Enumerable.Range(0, side * side).Select(i => i / side < square && i % side < square ? 1f : 0)]));

        var means = sums.Means("saliency", "predicted")!;

        Assert.Equal((pooled, pooled), (means.Height, means.Width));
        Assert.Equal(1, means.Overall[0], 1e-6);
        Assert.Empty(means.Classes); // one heatmap is no mean
    }

    [Fact]
    public void Picture_OfDeviation_IsWarmWhereThereIsMoreAndCoolWhereThereIsLess()
    {
        var means = new MeanMaps { Method = "gradcam", Target = "predicted", Height = 1, Width = 3, Maps = 60, Overall = [.4f, .2f, .4f], Classes = [new("cat", 30, .2, [.6f, .2f, .2f])] };
        var image = ImageDecoder.Decode(Convert.FromBase64String(new MeanMapPicture(means).Deviation(means.Classes[0]).Split(',')[1]));

        Assert.Equal((3, 1), (image.Width, image.Height));
        Assert.True(image.Pixels[0] > image.Pixels[2]);
        Assert.Equal([255, 255, 255], image.Pixels[3..6]);
        Assert.True(image.Pixels[6] < image.Pixels[8]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<MeanMaps?> MeansAsync(FolderBlobStore blobs, params IEnumerable<int> shards)
    {
        var sums = new MeanMapSums();
        await new MapReader(Audit, blobs, shards.ToDictionary(shard => shard, _ => Run)).ReadAsync(MethodNames.GradCam, "predicted", 120, sums.Add, Ct);
        return sums.Means(MethodNames.GradCam, "predicted");
    }

    /// <summary>Forty heatmaps of a class, each of another scale, beside one that is zero and one of another target.</summary>
    private static async Task WriteAsync(FolderBlobStore blobs, int shard, string label, float[] map)
    {
        var rows = Enumerable.Range(0, 42).Select(i => Sample.Map((100 * shard) + i, .5, label) with { MapRow = i }).ToList();
        rows[40] = rows[40] with { Status = HeatmapStatus.ZeroHeatmap };
        rows[41] = rows[41] with { Target = "label" };
        using var items = new MemoryStream();
        await ItemsParquet.WriteAsync(items, rows, Ct);
        await blobs.WriteAsync(ArtifactAddresses.Items(Audit, shard, Run), items.ToArray(), Ct);
        using var maps = new MemoryStream();
        var writer = new NpyWriter(maps, NpyType.Float16, 2, 2);
        for (var i = 0; i < 42; i++)
        {
            await writer.AppendAsync(Array.ConvertAll(map, value => i >= 40 ? 1 : value * (1 << (i % 4))), Ct);
        }

        await writer.CompleteAsync(Ct);
        await blobs.WriteAsync(ArtifactAddresses.Maps(Audit, shard, Run, MethodNames.GradCam), maps.ToArray(), Ct);
    }
}
