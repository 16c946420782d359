using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Attribution.Tests.Methods;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Tests.Models;

/// <summary>
/// Networks on 8×12 images of one channel that see 4×6 patches of 2×2 pixels. The score is high where a patch is bright, so the only bright
/// patch must be the maximum of the heatmap: a grid that was turned, or shifted by its prefix tokens, would show it elsewhere.
/// </summary>
public class LayoutTests
{
    private const int Rows = 4;
    private const int Columns = 6;

    public static TheoryData<string, ActivationLayout, int> Nets => new()
    {
        { "first", ActivationLayout.ChannelsFirst, 0 },
        { "last", ActivationLayout.ChannelsLast, 0 },
        { "tokens", ActivationLayout.Tokens, 0 },
        { "channel tokens", ActivationLayout.ChannelTokens, 0 },
        { "class token", ActivationLayout.Tokens, 1 },
        { "two tokens", ActivationLayout.Tokens, 2 },
        { "windows", ActivationLayout.ChannelsLast, 0 },
        { "rolled", ActivationLayout.ChannelsLast, 0 },
    };

    [Theory]
    [MemberData(nameof(Nets))]
    public void GradCam_OfOneBrightPatch_HasItsMaximumThere(string net, ActivationLayout layout, int prefix)
    {
        using var scope = torch.NewDisposeScope();
        using var classifier = HandNet.Load(Net(net));
        var layer = classifier.TargetLayer!;
        Assert.Equal((layout, prefix, 3, Rows, Columns), (layer.Layout, layer.PrefixTokens, layer.Channels, layer.Height, layer.Width));

        foreach (var (row, column) in ((int, int)[])[(0, 0), (0, 5), (2, 1), (3, 0), (3, 5)])
        {
            var map = classifier.Explain(Bright(row, column), new ExplainRequest { Methods = ["gradcam"], Targets = TargetMode.Label, LabelOutputs = [[0]] }).Maps.Single();
            Assert.Equal((row * Columns) + column, map.Values.Index().MaxBy(cell => cell.Item).Index);
            Assert.True(map.Values.Max() > 0);
        }
    }

    [Theory]
    [InlineData("tokens")]
    [InlineData("channel tokens")]
    [InlineData("last")]
    [InlineData("windows")]
    public void LinearHead_OfEveryLayout_IsTheOneOfChannelsFirst(string net)
    {
        using var expected = HandNet.Load(Net("first"));
        using var found = HandNet.Load(Net(net));

        Assert.True(expected.LinearHead && found.LinearHead);
        HandNet.AssertClose([.. expected.HeadWeights!.data<float>().Select(value => (double)value)], found.HeadWeights!.data<float>().ToArray());
    }

    [Fact]
    public void Maps_OfEveryLayout_AreThoseOfChannelsFirst_AlsoInBatches()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.cat([Bright(1, 2), Bright(3, 4), torch.rand(2, 1, 2 * Rows, 2 * Columns)], 0);
        var request = new ExplainRequest { Methods = ["gradcam", "saliency"], Targets = TargetMode.Both, LabelOutputs = [[0], [1], [0], [1]] };
        using var first = HandNet.Load(Net("first"));
        var expected = first.Explain(images, request);

        foreach (var net in (string[])["last", "tokens", "channel tokens", "windows", "rolled"])
        {
            using var classifier = HandNet.Load(Net(net));
            var found = classifier.Explain(images, request);
            Assert.All(expected.Maps.Zip(found.Maps), pair => HandNet.AssertClose([.. pair.First.Values.Select(value => (double)value)], pair.Second.Values));
        }
    }

    [Fact]
    public void Layer_WhoseCellsAreNotRead_IsPassedOver_AndNamedItIsWarnedOf()
    {
        using var automatic = HandNet.Load(Net("class token"));
        using var named = HandNet.Load(Net("class token"), "out");

        Assert.Equal("stream", automatic.TargetLayer!.Tensor);
        Assert.Empty(automatic.Warnings);
        Assert.Contains("tokens beside them", named.Warnings.Single(), StringComparison.Ordinal);
    }

    private static torch.Tensor Bright(int row, int column)
    {
        var image = torch.zeros(1, 1, 2 * Rows, 2 * Columns);
        image.narrow(2, 2 * row, 2).narrow(3, 2 * column, 2).fill_(Held(1));
        return image;
    }

    private static TinyNet Net(string net)
    {
        // Channel 0 is the brightness, channel 1 its double, channel 2 the darkness.
        var tiny = new TinyNet(null, 1, 2 * Rows, 2 * Columns)
            .Weight("K", [3, 1, 2, 2], [.. Enumerable.Repeat(.25f, 4), .. Enumerable.Repeat(.5f, 4), .. Enumerable.Repeat(-.25f, 4)]).Weight("k", [3], 0, 0, 1)
            .Weight("W", [3, 2], 1, -1, 2, 1, -1, 1).Weight("b", [2], .5f, 0)
            .Sizes("tokenShape", 0, 3, Rows * Columns).Sizes("windowed", -1, 2, Rows / 2, 2, Columns / 2, 3).Sizes("windows", -1, Rows / 2 * Columns / 2, 3)
            .Sizes("unwindowed", -1, 2, 2, Rows / 2, Columns / 2, 3).Sizes("gridShape", -1, Rows, Columns, 3)
            .Node("Conv", "x K k", "conv", ("strides", new long[] { 2, 2 }));
        return net switch
        {
            "first" => Head(tiny.Node("Relu", "conv", "act"), "act", 2, 3),
            "last" => Head(tiny.Node("Transpose", "conv", "nhwc", ("perm", new long[] { 0, 2, 3, 1 })).Node("Relu", "nhwc", "act"), "act", 1, 2),
            "channel tokens" => Head(tiny.Node("Reshape", "conv tokenShape", "flat").Node("Relu", "flat", "act"), "act", 2),
            "tokens" => Head(Tokens(tiny).Node("Relu", "tokens", "act"), "act", 1),
            "windows" => Head(Windows(tiny, "nhwc").Node("Relu", "whole", "act"), "act", 1, 2),
            "rolled" => Head(Rolled(tiny), "act", 1, 2),
            "class token" => WithPrefix(tiny, 1),
            _ => WithPrefix(tiny, 2),
        };
    }

    private static TinyNet Head(TinyNet net, string from, params long[] axes) =>
        net.Node("ReduceMean", from, "mean", ("axes", axes), ("keepdims", 0)).Node("Gemm", "mean W b", "scores");

    private static TinyNet Tokens(TinyNet net) =>
        net.Node("Reshape", "conv tokenShape", "flat").Node("Transpose", "flat", "tokens", ("perm", new long[] { 0, 2, 1 }));

    /// <summary>Cut into 2×2 windows that are the batch for a while, and put together again, as Swin does.</summary>
    private static TinyNet Windows(TinyNet net, string from) => net
        .Node("Transpose", "conv", "nhwc", ("perm", new long[] { 0, 2, 3, 1 }))
        .Node("Reshape", $"{from} windowed", "cut").Node("Transpose", "cut", "sorted", ("perm", new long[] { 0, 1, 3, 2, 4, 5 })).Node("Reshape", "sorted windows", "inWindows")
        .Node("Identity", "inWindows", "attended")
        .Node("Reshape", "attended unwindowed", "apart").Node("Transpose", "apart", "together", ("perm", new long[] { 0, 1, 3, 2, 4, 5 })).Node("Reshape", "together gridShape", "whole");

    /// <summary>Rolled by one row and one column, windows, rolled back.</summary>
    private static TinyNet Rolled(TinyNet net)
    {
        net.Sizes("zero", 0).Sizes("one", 1).Sizes("far", 1000).Sizes("minusOne", -1).Sizes("axis1", 1).Sizes("axis2", 2)
            .Node("Transpose", "conv", "nhwc", ("perm", new long[] { 0, 2, 3, 1 }));
        Roll(net, "nhwc", "down", "one", "axis1", 1);
        Roll(net, "down", "right", "one", "axis2", 2);
        net.Node("Reshape", "right windowed", "cut").Node("Transpose", "cut", "sorted", ("perm", new long[] { 0, 1, 3, 2, 4, 5 })).Node("Reshape", "sorted windows", "inWindows")
            .Node("Reshape", "inWindows unwindowed", "apart").Node("Transpose", "apart", "together", ("perm", new long[] { 0, 1, 3, 2, 4, 5 })).Node("Reshape", "together gridShape", "whole");
        Roll(net, "whole", "up", "minusOne", "axis1", 1);
        Roll(net, "up", "left", "minusOne", "axis2", 2);
        return net.Node("Relu", "left", "act");
    }

    private static void Roll(TinyNet net, string from, string to, string by, string axis, long concat) => net
        .Node("Slice", $"{from} {by} far {axis}", to + "Tail").Node("Slice", $"{from} zero {by} {axis}", to + "Head").Node("Concat", $"{to}Tail {to}Head", to, ("axis", concat));

    /// <summary>A block of one attention head whose queries look for brightness, and a classifier that reads the first token of its result.</summary>
    private static TinyNet WithPrefix(TinyNet net, int prefix)
    {
        Tokens(net).Weight("class", [1, prefix, 3], [.. Enumerable.Range(0, 3 * prefix).Select(i => .1f * i)]).Sizes("firstOnly", 1).Sizes("batchShape", 1)
            .Sizes("zero", 0).Sizes("rest", prefix, 3).Sizes("axis1", 1)
            .Node("Shape", "tokens", "shape").Node("Gather", "shape zero", "count").Node("Concat", "count rest", "classShape", ("axis", 0)).Node("Expand", "class classShape", "classes")
            .Weight("Q", [3, 3], 1, 0, 0, 0, 1, 0, 0, 0, 1)
            .Node("Concat", "classes tokens", "stream", ("axis", 1))
            .Node("MatMul", "stream Q", "queries").Node("Transpose", "stream", "keys", ("perm", new long[] { 0, 2, 1 }))
            .Node("MatMul", "queries keys", "logits").Node("Softmax", "logits", "attention", ("axis", 2)).Node("MatMul", "attention stream", "read").Node("Add", "stream read", "out")
            .Node("Slice", "out zero firstOnly axis1", "cls").Node("Squeeze", "cls axis1", "row").Node("Gemm", "row W b", "scores");
        return net;
    }
}
