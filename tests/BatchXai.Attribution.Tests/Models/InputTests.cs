using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Attribution.Tests.Methods;
using BatchXai.Onnx;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Models;

/// <summary>The same network (see <see cref="HandNet"/>, here on 2×3 pixels of three channels) with inputs of every kind.</summary>
public class InputTests
{
    private static readonly ExplainRequest Request = new() { Methods = ["cam", "gradcam", "saliency"] };

    [Theory]
    [InlineData(InputLayout.ChannelsLast, OnnxElementType.Float, 1e-6)]
    [InlineData(InputLayout.Flat, OnnxElementType.Float, 1e-6)]
    [InlineData(InputLayout.ChannelsFirst, OnnxElementType.Double, 1e-6)]
    [InlineData(InputLayout.ChannelsLast, OnnxElementType.UInt8, 1e-6)]
    [InlineData(InputLayout.ChannelsFirst, OnnxElementType.Float16, 5e-3)]
    public void Explain_EveryInput_EqualsChannelsFirst(InputLayout layout, OnnxElementType type, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        using var expected = Classifier.Load(Net(InputLayout.ChannelsFirst, OnnxElementType.Float), new ClassifierOptions());
        using var classifier = Classifier.Load(Net(layout, type), Options(layout));
        var images = torch.rand(3, 3, 2, 3);

        var found = classifier.Explain(images, Request);

        Assert.Equal((3, 2, 3, layout, type), (classifier.Input.Channels, classifier.Input.Height, classifier.Input.Width, classifier.Input.Layout, classifier.Input.ElementType));
        foreach (var (wanted, map) in expected.Explain(images, Request).Maps.Zip(found.Maps))
        {
            Assert.Equal((wanted.Method, wanted.TargetOutput, wanted.Height, wanted.Width), (map.Method, map.TargetOutput, map.Height, map.Width));
            HandNet.AssertClose([.. wanted.Values.Select(value => (double)value)], map.Values, tolerance);
        }
    }

    [Fact]
    public void Explain_ModelOfHalfPrecision_IsCloseToSingle()
    {
        using var scope = torch.NewDisposeScope();
        using var expected = Classifier.Load(Net(InputLayout.ChannelsFirst, OnnxElementType.Float), new ClassifierOptions());
        using var classifier = Classifier.Load(HalfNet(), new ClassifierOptions());
        var images = torch.rand(3, 3, 2, 3);

        var found = classifier.Explain(images, Request);

        Assert.True(classifier.LinearHead);
        Assert.Null(classifier.FixedBatch);
        foreach (var (wanted, map) in expected.Explain(images, Request).Maps.Zip(found.Maps))
        {
            HandNet.AssertClose([.. wanted.Values.Select(value => (double)value)], map.Values, 5e-3 * Math.Max(1, wanted.Values.Max(Math.Abs)));
        }
    }

    [Fact]
    public void Load_FlatInput_NeedsASizeThatFits()
    {
        var model = Net(InputLayout.Flat, OnnxElementType.Float);

        Assert.Contains("--size", Refusal(new ClassifierOptions()), StringComparison.Ordinal);
        Assert.Contains("16 numbers, or 48 in colour", Refusal(new ClassifierOptions { Width = 4, Height = 4 }), StringComparison.Ordinal);

        string Refusal(ClassifierOptions options) => Assert.Throws<UnsuitableModelException>(() => Classifier.Load(model, options)).Problems.Single();
    }

    [Fact]
    public void Load_WholeNumbersThatAreComputedWith_AreRefused()
    {
        var model = OnnxModel.Parse(new OnnxModelBuilder(13).Input("x", [null, 3, 4, 4], OnnxElementType.UInt8).Node("Relu", ["x"], "y").Output("y").ToBytes());

        Assert.Contains("UInt8", Assert.Throws<UnsuitableModelException>(() => Classifier.Load(model, new ClassifierOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FreeAxes_AreReadByWhatTheGraphDoesFirst()
    {
        var model = OnnxModel.Parse(new OnnxModelBuilder(13).Input("x", [null, null, null, null])
            .Node("Transpose", ["x"], "nchw", ("perm", new long[] { 0, 3, 1, 2 })).Node("Relu", ["nchw"], "act").Node("GlobalAveragePool", ["act"], "scores").Output("scores").ToBytes());
        using var classifier = Classifier.Load(model, new ClassifierOptions { Width = 6, Height = 4 });

        Assert.Equal(InputLayout.ChannelsLast, classifier.Input.Layout);
        Assert.Equal((4, 6), (classifier.TargetLayer!.Height, classifier.TargetLayer.Width));
    }

    private static ClassifierOptions Options(InputLayout layout) => layout == InputLayout.Flat ? new() { Width = 3, Height = 2 } : new();

    private static OnnxModel Net(InputLayout layout, OnnxElementType type)
    {
        long?[] input = layout switch { InputLayout.ChannelsLast => [null, 2, 3, 3], InputLayout.Flat => [null, 18], _ => [null, 3, 2, 3] };
        var net = new OnnxModelBuilder(13).Input("x", input, type)
            .Initializer("K", [2, 3, 1, 1], [1, .5f, 2, -2, 1, -.5f]).Initializer("k", [2], [0, 2f]).Initializer("W", [2, 2], [1, -.5f, -1, 2]).Initializer("b", [2], [.5f, 0])
            .Initializer("pixels", [4], [0L, 2, 3, 3]);
        var image = "x";
        if (type != OnnxElementType.Float)
        {
            net.Node("Cast", [image], image = "single", ("to", 1L));
        }

        if (layout == InputLayout.Flat)
        {
            net.Node("Reshape", [image, "pixels"], image = "unflattened");
        }

        if (layout != InputLayout.ChannelsFirst)
        {
            net.Node("Transpose", [image], image = "nchw", ("perm", new long[] { 0, 3, 1, 2 }));
        }

        net.Node("Conv", [image, "K", "k"], "conv").Node("Relu", ["conv"], "act").Node("GlobalAveragePool", ["act"], "pool").Node("Flatten", ["pool"], "flat").Node("Gemm", ["flat", "W", "b"], "scores");
        return OnnxModel.Parse(net.Output("scores").ToBytes());
    }

    private static OnnxModel HalfNet()
    {
        static OnnxTensor Half(string name, long[] dims, params Half[] values) =>
            new(name, OnnxElementType.Float16, dims, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

        return OnnxModel.Parse(new OnnxModelBuilder(13).Input("x", [null, 3, 2, 3], OnnxElementType.Float16)
            .Initializer(Half("K", [2, 3, 1, 1], (Half)1, (Half).5f, (Half)2, (Half)(-2), (Half)1, (Half)(-.5f))).Initializer(Half("k", [2], (Half)0, (Half)2))
            .Initializer(Half("W", [2, 2], (Half)1, (Half)(-.5f), (Half)(-1), (Half)2)).Initializer(Half("b", [2], (Half).5f, (Half)0))
            .Node("Conv", ["x", "K", "k"], "conv").Node("Relu", ["conv"], "act").Node("GlobalAveragePool", ["act"], "pool").Node("Flatten", ["pool"], "flat").Node("Gemm", ["flat", "W", "b"], "scores")
            .Output("scores", [null, 2], OnnxElementType.Float16).ToBytes());
    }
}
