using Xunit;

namespace BatchXai.Onnx.Tests.Format;

public sealed class WeightCheckTests
{
    [Fact]
    public void Parse_WeightsThatDoNotFit_AreRefusedWithAdviceAndAllNodes()
    {
        var bytes = new OnnxModelBuilder(18).Input("x", [1, 3, 8, 8]).Output("y")
            .Initializer("w", [4, 3, 1, 1], SampleModels.Numbers(12, 1)).Initializer("b", [3], SampleModels.Numbers(3, 2))
            .Initializer("three", [3], SampleModels.Numbers(3, 3)).Initializer("head", [5, 4], SampleModels.Numbers(20, 4))
            .Node("Conv", ["x", "w", "b"], "conv").Node("BatchNormalization", ["conv", "three", "three", "three", "three"], "norm")
            .Node("ConvTranspose", ["norm", "w", "head_bias"], "up", ("group", 2)).Initializer("head_bias", [7], SampleModels.Numbers(7, 5))
            .Node("Flatten", ["up"], "flat").Node("Gemm", ["flat", "head", "head_bias"], "y", ("transB", 1)).ToBytes();

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(bytes)).Message;

        Assert.Contains("Conv 'conv' has 4 output channels and a bias of 3", error, StringComparison.Ordinal);
        Assert.Contains("BatchNormalization 'norm' and what it reads have 3 and 4 channels", error, StringComparison.Ordinal);
        Assert.Contains("ConvTranspose 'up' has 6 output channels and a bias of 7", error, StringComparison.Ordinal);
        Assert.Contains("Gemm 'y' has 5 outputs and a bias of 7", error, StringComparison.Ordinal);
        Assert.Contains("torch 2.9", error, StringComparison.Ordinal);
        Assert.Contains("re-export", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_BiasesThatBroadcast_AreAccepted()
        => Assert.Equal(2, OnnxModel.Parse(new OnnxModelBuilder(18).Input("x", [2, 3]).Output("y").Output("z").Initializer("w", [3, 4], SampleModels.Numbers(12, 1))
            .Initializer("one", [1], [1f]).Initializer("row", [2, 1], [1f, 2f])
            .Node("Gemm", ["x", "w", "one"], "y").Node("Gemm", ["x", "w", "row"], "z").ToBytes()).Graph.Nodes.Count);
}
