using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Format;
using BatchXai.Onnx.Writing;
using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Format;

/// <summary>Every element type of a constant, in torch.</summary>
public sealed class ElementTypeTests
{
    // Codes and values as the ONNX IR and the OCP specifications of the types give them.
    [Theory]
    [InlineData(OnnxElementType.Int4, new byte[] { 0x87, 0x0F }, new double[] { 7, -8, -1 })]
    [InlineData(OnnxElementType.UInt4, new byte[] { 0x87, 0x0F }, new double[] { 7, 8, 15 })]
    [InlineData(OnnxElementType.Int2, new byte[] { 0b11_10_01_00, 0b10 }, new double[] { 0, 1, -2, -1, -2 })]
    [InlineData(OnnxElementType.UInt2, new byte[] { 0b11_10_01_00, 0b10 }, new double[] { 0, 1, 2, 3, 2 })]
    [InlineData(OnnxElementType.Float4E2M1, new byte[] { 0x10, 0x32, 0x74, 0xF9 }, new double[] { 0, 0.5, 1, 1.5, 2, 6, -0.5, -6 })]
    [InlineData(OnnxElementType.Float8E4M3FN, new byte[] { 0x01, 0x38, 0x7E, 0xC0, 0x7F }, new double[] { 0.001953125, 1, 448, -2, double.NaN })]
    [InlineData(OnnxElementType.Float8E4M3FNUZ, new byte[] { 0x01, 0x40, 0x7F, 0xFF, 0x80 }, new double[] { 0.0009765625, 1, 240, -240, double.NaN })]
    [InlineData(OnnxElementType.Float8E5M2, new byte[] { 0x01, 0x3C, 0x7B, 0x7C, 0xFC, 0x7D }, new double[] { 1.52587890625e-05, 1, 57344, double.PositiveInfinity, double.NegativeInfinity, double.NaN })]
    [InlineData(OnnxElementType.Float8E5M2FNUZ, new byte[] { 0x01, 0x40, 0x7F, 0x80 }, new double[] { 7.62939453125e-06, 1, 57344, double.NaN })]
    [InlineData(OnnxElementType.Float8E8M0, new byte[] { 0x00, 0x7F, 0x80, 0xFF }, new double[] { 5.877471754111438e-39, 1, 2, double.NaN })]
    [InlineData(OnnxElementType.Float16, new byte[] { 0x00, 0x3C, 0x00, 0xC0 }, new double[] { 1, -2 })]
    [InlineData(OnnxElementType.BFloat16, new byte[] { 0x80, 0x3F, 0x00, 0xC0 }, new double[] { 1, -2 })]
    [InlineData(OnnxElementType.UInt16, new byte[] { 0xFF, 0xFF, 1, 0 }, new double[] { 65535, 1 })]
    [InlineData(OnnxElementType.UInt32, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, new double[] { 4294967295 })]
    [InlineData(OnnxElementType.Int16, new byte[] { 0xFF, 0xFF }, new double[] { -1 })]
    [InlineData(OnnxElementType.Bool, new byte[] { 0, 1, 2 }, new double[] { 0, 1, 1 })]
    public void ToTorch_EveryType_HasTheSpecifiedValues(OnnxElementType type, byte[] data, double[] expected)
    {
        using var scope = torch.NewDisposeScope();
        var source = new OnnxTensor("t", type, [expected.Length], data);

        Assert.Equal(expected, Tensors.Values(InitializerLoader.ToTorch(source, Tensors.Cpu)));
        Assert.Equal(expected, type.IsInteger() ? source.ToInt64().Select(value => (double)value) : source.ToSingle().Select(value => (double)value));
    }

    // onnx.proto3: int32_data holds 16-bit floats as their bits and types below a byte as packed bytes, one number each.
    [Theory]
    [InlineData(OnnxElementType.Float16, new long[] { 0x3C00, 0xC000 }, new double[] { 1, -2 })]
    [InlineData(OnnxElementType.BFloat16, new long[] { 0x3F80, 0xC000 }, new double[] { 1, -2 })]
    [InlineData(OnnxElementType.Float8E4M3FN, new long[] { 0x38, 0xC0 }, new double[] { 1, -2 })]
    [InlineData(OnnxElementType.Int4, new long[] { 0x87, 0x0F }, new double[] { 7, -8, -1 })]
    [InlineData(OnnxElementType.Bool, new long[] { 1, 0 }, new double[] { 1, 0 })]
    [InlineData(OnnxElementType.Int8, new long[] { -1, 3 }, new double[] { -1, 3 })]
    [InlineData(OnnxElementType.UInt16, new long[] { 65535, 3 }, new double[] { 65535, 3 })]
    public void TensorParser_IntData_IsNarrowed(OnnxElementType type, long[] numbers, double[] expected)
    {
        using var scope = torch.NewDisposeScope();
        var message = numbers.Aggregate(new WireWriter().Int(1, expected.Length).Int(2, (long)type), (written, number) => written.Int(5, number)).ToArray();

        Assert.Equal(expected, Tensors.Values(InitializerLoader.ToTorch(TensorParser.Parse(new WireReader(message, 0, 0, "The tensor")), Tensors.Cpu)));
    }

    [Fact]
    public void ToTorch_ManyPieces_AreJoinedInOrder()
    {
        using var scope = torch.NewDisposeScope();
        const int count = (5 << 19) + 3;
        var packed = new byte[(count + 1) / 2];
        new Random(1).NextBytes(packed);

        var loaded = InitializerLoader.ToTorch(new OnnxTensor("t", OnnxElementType.UInt4, [count], packed), Tensors.Cpu).bytes.ToArray();

        Assert.Equal(Enumerable.Range(0, count).Select(i => (byte)((packed[i / 2] >> (4 * (i % 2))) & 15)), loaded);
    }

    [Theory]
    [InlineData(5, OnnxElementType.Float, "holds Float in field 5")]
    [InlineData(7, OnnxElementType.Int32, "holds Int32 in field 7")]
    [InlineData(7, OnnxElementType.String + 100, "element type 108")]
    public void TensorParser_DataInAnotherTypesField_IsRefused(int field, OnnxElementType type, string expected)
    {
        var message = new WireWriter().Int(1, 1).Int(2, (long)type).Int(field, 3).ToArray();

        Assert.Contains(expected, Assert.Throws<OnnxFormatException>(() => TensorParser.Parse(new WireReader(message, 0, 0, "The tensor"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ConstantOfFourBits_ComesAsBytes()
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(new OnnxModelBuilder(21).Input("x", [1]).Output("y").Output("c")
            .Node("Constant", [], "c", ("value", new OnnxTensor("", OnnxElementType.Int4, [3], new byte[] { 0x87, 0x0F }))).Node("Relu", ["x"], "y").ToBytes()));

        Assert.Equal([7, -8, -1], Tensors.Values(graph.Run(SampleModels.Feed("x", torch.zeros(1)), "c")["c"]));
    }
}
