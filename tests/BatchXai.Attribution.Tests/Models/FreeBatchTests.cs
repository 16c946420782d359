using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Attribution.Tests.Methods;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Models;

/// <summary>Models that were traced with a fixed number of images, as shapes in the file say.</summary>
public class FreeBatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Load_ShapesThatHoldTheBatch_AreFreed_AndTheMapsStay(int size)
    {
        using var scope = torch.NewDisposeScope();
        using var freed = HandNet.Load(Traced(size));
        using var free = HandNet.Load(HandNet.Linear());
        var images = HandNet.Images([1, 2, 3, 4], [3, 5, 4, 8], [3, 7, 5, 1]);
        var request = new ExplainRequest { Methods = ["gradcam", "saliency"] };

        var found = freed.Explain(images, request);

        Assert.Equal(new BatchLimit(size, null, IsPatched: true), freed.Batch);
        Assert.Empty(freed.Warnings);
        Assert.All(free.Explain(images, request).Maps.Zip(found.Maps), pair => HandNet.AssertClose([.. pair.First.Values.Select(value => (double)value)], pair.Second.Values));
    }

    [Fact]
    public void Load_BatchThatIsOnlyDeclared_IsIgnored()
    {
        using var classifier = HandNet.Load(new TinyNet(4, 1, 2, 2).Node("Relu", "x", "act").Node("GlobalAveragePool", "act", "scores"));

        Assert.Equal(new BatchLimit(4, null, IsPatched: false), classifier.Batch);
    }

    [Fact]
    public void Load_FreedShapesThatMixTheImages_AreRefused()
    {
        // [1, 2, 2, 1] after a transposition that puts the channel first: freed, the leading axis would still be the channel's.
        var net = new TinyNet(1, 2, 2, 2).Sizes("shape", 2, 4).Sizes("back", 1, 2, 2, 2)
            .Node("Transpose", "x", "moved", ("perm", new long[] { 1, 0, 2, 3 })).Node("Reshape", "moved shape", "flat")
            .Node("Softmax", "flat", "mixed", ("axis", 0)).Node("Reshape", "mixed back", "act").Node("GlobalAveragePool", "act", "pool").Node("Flatten", "pool", "scores");
        using var classifier = HandNet.Load(net);

        Assert.Equal(new BatchLimit(1, 1, IsPatched: false), classifier.Batch);
        Assert.Contains(classifier.Warnings, warning => warning.Contains("1 image(s) at a time", StringComparison.Ordinal));
    }

    /// <summary>HandNet.Linear with a constant joined to the pooled features and cut off again, and shapes of a fixed batch everywhere.</summary>
    private static TinyNet Traced(int size) => new TinyNet(size, 1, 2, 2)
        .Weight("K", [2, 1, 1, 1], 1, -2).Weight("k", [2], 0, 6).Weight("W", [2, 2], 1, -.5f, -1, 2).Weight("b", [2], .5f, 0)
        .Weight("constant", [size, 1], [.. Enumerable.Repeat(7f, size)]).Sizes("flatShape", size, -1).Sizes("gridShape", size, 2, 2, 2).Sizes("joinedShape", 2 * size, 4)
        .Sizes("zero", 0).Sizes("two", 2).Sizes("one", 1)
        .Node("Conv", "x K k", "conv").Node("Reshape", "conv joinedShape", "rows").Node("Reshape", "rows gridShape", "grid").Node("Relu", "grid", "act")
        .Node("GlobalAveragePool", "act", "pool").Node("Reshape", "pool flatShape", "flat")
        .Node("Concat", "flat constant", "joined", ("axis", 1)).Node("Slice", "joined zero two one", "cut").Node("Gemm", "cut W b", "scores");
}
