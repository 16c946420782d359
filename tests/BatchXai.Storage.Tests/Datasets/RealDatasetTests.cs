using BatchXai.Testing;
using Xunit;

namespace BatchXai.Storage.Tests.Datasets;

public sealed class RealDatasetTests
{
    [Fact]
    public async Task Read_Caltech101_ImagesMasksAndClassMap()
    {
        var root = SharedData.PathOrSkip("caltech101");
        var names = Enumerable.Range(0, 1001).Select(i => $"{i}").ToArray();

        var (dataset, items) = await Datasets.ReadAsync(
            new() { Path = Path.Combine(root, "images"), Masks = Path.Combine(root, "masks"), ClassMap = Path.Combine(root, "class-map-imagenet1001.csv") }, names);

        Assert.Equal((601L, 601L), (dataset.Summary.Items, dataset.Summary.Masks));
        Assert.Empty(dataset.Summary.Warnings);
        Assert.Equal(10, Assert.Single(dataset.Summary.Splits).Classes.Count);
        Assert.Equal("anchor/image_0001.jpg", items[0].Id);
        Assert.Equal("anchor/image_0001.png", items[0].Mask);
        Assert.Empty(items[0].Outputs!);
        Assert.Equal([386, 387, 102], items.First(item => item.Label == "elephant").Outputs!);
        Assert.Equal(items.Select(item => item.Id).Order(StringComparer.Ordinal), items.Select(item => item.Id));
    }

    [Fact]
    public async Task Read_FlatCifar_Unlabelled()
    {
        var (dataset, items) = await Datasets.ReadAsync(new() { Path = SharedData.PathOrSkip("cifar10") });

        Assert.Equal(100, items.Count);
        Assert.Null(items[0].Label);
        Assert.Null(dataset.MaskRoot);
    }
}
