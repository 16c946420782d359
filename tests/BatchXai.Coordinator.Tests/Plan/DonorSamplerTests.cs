using BatchXai.Contracts.Datasets;
using BatchXai.Coordinator.Plan;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Plan;

public sealed class DonorSamplerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-donors-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_class_has_donors_as_many_as_any_other()
    {
        var donors = await SampledAsync(0, Enumerable.Range(0, 20_000).Select(index => Item(index, index % 1_000 < 3 ? "rare" : $"class {index % 99}")));

        var counts = donors.CountBy(donor => donor.Label!).ToDictionary();
        Assert.Equal(100, counts.Count);
        Assert.All(counts.Values, count => Assert.Equal(40, count));
        Assert.Equal(donors.OrderBy(donor => donor.Index), donors);
    }

    [Fact]
    public async Task Few_classes_have_128_each_and_many_at_least_four()
    {
        Assert.Equal(256, (await SampledAsync(0, Enumerable.Range(0, 3_000).Select(index => Item(index, $"{index % 2}")))).Count);
        Assert.Equal(8_000, (await SampledAsync(0, Enumerable.Range(0, 20_000).Select(index => Item(index, $"{index % 2_000}")))).Count);
    }

    [Fact]
    public async Task Choice_depends_on_the_seed_and_not_on_the_order_of_the_items()
    {
        List<DatasetItem> items = [.. Enumerable.Range(0, 9_000).Select(index => Item(index, $"{index / 100}"))];

        var donors = Indexes(await SampledAsync(5, items));

        Assert.Equal(donors, Indexes(await SampledAsync(5, items.OrderBy(item => (item.Index * 7_919) % 9_001))));
        Assert.NotEqual(donors, Indexes(await SampledAsync(6, items)));
    }

    [Fact]
    public async Task Only_items_with_masks_or_boxes_lend_and_unlabelled_ones_are_a_class_too()
    {
        var sampler = new DonorSampler(0);
        sampler.Offer(Item(0, null));
        sampler.Offer(Item(1, "a") with { Mask = null });
        sampler.Offer(Item(2, "a") with { Mask = null, Boxes = [new(0, 0, 2, 2)] });
        sampler.Offer(Item(3, "a") with { Split = "val" });

        Assert.Equal([0, 2], Indexes(await StoredAsync(sampler, "all")));
        Assert.Equal([3], Indexes(await StoredAsync(sampler, "val")));
        Assert.Equal(3, sampler.WithObject);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<List<DatasetItem>> SampledAsync(int seed, IEnumerable<DatasetItem> items)
    {
        var sampler = new DonorSampler(seed);
        foreach (var item in items)
        {
            sampler.Offer(item);
        }

        return StoredAsync(sampler, "all");
    }

    private async Task<List<DatasetItem>> StoredAsync(DonorSampler sampler, string split)
    {
        var blobs = new FolderBlobStore(folder);
        await sampler.WriteAsync(blobs, Guid.Empty, Ct);
        await using var lines = await blobs.OpenReadAsync(ArtifactAddresses.Donors(Guid.Empty, split), Ct);
        return await ManifestLines.ReadAsync(lines, Ct).ToListAsync(Ct);
    }

    private static List<long> Indexes(List<DatasetItem> items) => [.. items.Select(item => item.Index)];

    private static DatasetItem Item(long index, string? label) => new() { Index = index, Id = $"{index}", Path = $"{index}.png", Mask = $"{index}.png", Label = label };
}
