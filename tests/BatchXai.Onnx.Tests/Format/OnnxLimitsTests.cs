using Xunit;

namespace BatchXai.Onnx.Tests.Format;

public sealed class OnnxLimitsTests
{
    [Theory]
    [InlineData(nameof(OnnxLimits.FileBytes))]
    [InlineData(nameof(OnnxLimits.Nodes))]
    [InlineData(nameof(OnnxLimits.Tensors))]
    [InlineData(nameof(OnnxLimits.Depth))]
    [InlineData(nameof(OnnxLimits.Rank))]
    [InlineData(nameof(OnnxLimits.Elements))]
    [InlineData(nameof(OnnxLimits.ListLength))]
    [InlineData(nameof(OnnxLimits.NameLength))]
    [InlineData(nameof(OnnxLimits.DecodedBytes))]
    public void Parse_MoreThanALimit_SaysWhichAndHowMuch(string limit)
    {
        var generous = new OnnxLimits();
        var limits = limit switch
        {
            nameof(OnnxLimits.FileBytes) => generous with { FileBytes = 100 },
            nameof(OnnxLimits.Nodes) => generous with { Nodes = 5 },
            nameof(OnnxLimits.Tensors) => generous with { Tensors = 7 },
            nameof(OnnxLimits.Depth) => generous with { Depth = 2 },
            nameof(OnnxLimits.Rank) => generous with { Rank = 3 },
            nameof(OnnxLimits.Elements) => generous with { Elements = 107 },
            nameof(OnnxLimits.ListLength) => generous with { ListLength = 3 },
            nameof(OnnxLimits.NameLength) => generous with { NameLength = 8 },
            _ => generous with { DecodedBytes = 500 },
        };

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(SampleModels.Classifier(), limits));

        Assert.Contains($"OnnxLimits.{limit}", error.Message, StringComparison.Ordinal);
        Assert.Contains("are allowed", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, OnnxModel.Parse(SampleModels.Classifier()).Graph.Nodes.Count);
    }

    [Theory]
    [InlineData(new long[] { 1L << 40, 2 }, "OnnxLimits.Elements")]
    [InlineData(new long[] { 0, long.MaxValue, long.MaxValue }, "OnnxLimits.Elements")]
    [InlineData(new long[] { 3037000500, 3037000500 }, "OnnxLimits.Elements")]
    [InlineData(new long[] { -1 }, "negative size")]
    public void Parse_ImpossibleShape_IsRefused(long[] dims, string expected)
    {
        var bytes = new OnnxModelBuilder().Input("x", [1]).Output("y").Initializer("w", dims, ReadOnlySpan<float>.Empty).Node("Add", ["x", "w"], "y").ToBytes();

        Assert.Contains(expected, Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SparseTensorThatFillsUpTooMuch_IsRefusedBeforeItTakesMemory()
    {
        var bytes = new OnnxModelBuilder().Input("x", [1]).Output("y")
            .SparseInitializer(OnnxTensors.Of("s", OnnxElementType.Float, [1], 1f), OnnxTensors.Of("", OnnxElementType.Int64, [1], 0L), [1L << 39])
            .Node("Add", ["x", "s"], "y").ToBytes();

        Assert.Contains("OnnxLimits.DecodedBytes", Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(bytes)).Message, StringComparison.Ordinal);
    }
}
