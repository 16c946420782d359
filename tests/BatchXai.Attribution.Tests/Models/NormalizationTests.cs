using BatchXai.Attribution.Models;
using BatchXai.Attribution.Tests.Methods;
using Xunit;

namespace BatchXai.Attribution.Tests.Models;

public class NormalizationTests
{
    [Fact]
    public void Load_RescalingThenNormalization_AsKerasWritesIt_IsMeasured()
    {
        using var classifier = HandNet.Load(Net(8, 10, 3).Weight("scale", [], 1 / 255f).Weight("mean", [1, 1, 1, 3], .485f, .456f, .406f).Weight("std", [1, 1, 1, 3], .229f, .224f, .225f)
            .Node("Mul", "x scale", "scaled").Node("Sub", "scaled mean", "centred").Node("Div", "centred std", "normal").Node("Transpose", "normal", "nchw", ("perm", new long[] { 0, 3, 1, 2 }))
            .Node("Conv", "nchw K k", "act").Node("GlobalAveragePool", "act", "scores"));

        AssertIs(classifier, 255, swaps: false, [123.675, 116.28, 103.53], [58.395, 57.12, 57.375]);
        Assert.Equal(["Mul", "Sub", "Div", "Transpose"], classifier.Normalization!.Operators);
    }

    [Fact]
    public void Load_ChannelsReversedBySplitAndConcat_AreNoticed()
    {
        // BGR means after the reversal; in units of the input, which is RGB in 0 … 1.
        using var classifier = HandNet.Load(Net(3, 8, 10).Weight("scale", [], 255f).Weight("mean", [1, 3, 1, 1], 103.939f, 116.779f, 123.68f)
            .Node("Mul", "x scale", "scaled").Node("Slice", "scaled two three one", "blue").Node("Slice", "scaled one two one", "green").Node("Slice", "scaled zero one one", "red")
            .Node("Concat", "blue green red", "bgr", ("axis", 1)).Node("Sub", "bgr mean", "centred").Node("Conv", "centred K k", "act").Node("GlobalAveragePool", "act", "scores"));

        AssertIs(classifier, 1, swaps: true, [123.68 / 255, 116.779 / 255, 103.939 / 255], [1 / 255.0, 1 / 255.0, 1 / 255.0]);
    }

    [Fact]
    public void Load_BatchNormalizationOfNormalisedInput_FitsNoRange()
    {
        using var classifier = HandNet.Load(Net(3, 8, 10).Weight("s", [3], 1, 1, 1).Weight("o", [3], 0, 0, 0).Weight("m", [3], -.02f, .01f, 0).Weight("v", [3], 1.1f, .9f, 1)
            .Node("BatchNormalization", "x s o m v", "normal").Node("Conv", "normal K k", "act").Node("GlobalAveragePool", "act", "scores"));

        Assert.NotNull(classifier.Normalization);
        Assert.Null(classifier.Normalization.PixelMaximum);
    }

    [Theory]
    [InlineData("Abs")]
    [InlineData("Conv")]
    public void Load_OtherBeginnings_AreNoNormalization(string op)
    {
        var net = Net(3, 8, 10);
        using var classifier = HandNet.Load((op == "Conv" ? net.Node("Conv", "x K k", "act") : net.Node("Abs", "x", "y").Node("Conv", "y K k", "act")).Node("GlobalAveragePool", "act", "scores"));

        Assert.Null(classifier.Normalization);
    }

    private static TinyNet Net(params long[] input) => new TinyNet([null, .. input.Select(size => (long?)size)])
        .Weight("K", [2, 3, 1, 1], 1, 2, 3, 3, 2, 1).Weight("k", [2], 0, 0).Sizes("zero", 0).Sizes("one", 1).Sizes("two", 2).Sizes("three", 3);

    private static void AssertIs(Classifier classifier, double maximum, bool swaps, double[] mean, double[] std)
    {
        var found = classifier.Normalization!;
        Assert.Equal((maximum, swaps), (found.PixelMaximum, found.SwapsChannels));
        Assert.All(mean.Zip(found.Mean), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-4));
        Assert.All(std.Zip(found.Std), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-4));
    }
}
