using BatchXai.Cli.Commands.Verify;
using BatchXai.Onnx;
using Xunit;

namespace BatchXai.Cli.Tests.Commands.Verify;

public sealed class NpyFileTests
{
    [Theory]
    [InlineData(1, "(2, 1, 2)", new long[] { 2, 1, 2 })]
    [InlineData(2, "(4,)", new long[] { 4 })]
    [InlineData(3, "(2, 2)", new long[] { 2, 2 })]
    public void Read_EveryVersion_GivesShapeAndElements(byte version, string shape, long[] dims)
    {
        var tensor = NpyFile.Read(NpyBytes.Of("<f4", shape, [.. new[] { 1f, -2f, 3f, 0.5f }.SelectMany(BitConverter.GetBytes)], version));
        Assert.Equal(OnnxElementType.Float, tensor.ElementType);
        Assert.Equal(dims, tensor.Dims);
        Assert.Equal([1f, -2f, 3f, 0.5f], tensor.ToSingle());
    }

    [Theory]
    [InlineData("<f2", OnnxElementType.Float16, 2)]
    [InlineData("<f8", OnnxElementType.Double, 8)]
    [InlineData("|u1", OnnxElementType.UInt8, 1)]
    [InlineData("|b1", OnnxElementType.Bool, 1)]
    [InlineData("<i8", OnnxElementType.Int64, 8)]
    [InlineData("<i4", OnnxElementType.Int32, 4)]
    public void Read_EveryType(string descr, OnnxElementType type, int bytes)
        => Assert.Equal(type, NpyFile.Read(NpyBytes.Of(descr, "(3,)", new byte[3 * bytes])).ElementType);

    [Fact]
    public void Read_Scalar() => Assert.Empty(NpyFile.Read(NpyBytes.Of("()", 4f)).Dims);

    [Theory]
    [InlineData(">f4", "(1,)", "False", 4, "'>f4'")]
    [InlineData("<f4", "(1,)", "True", 4, "Fortran order")]
    [InlineData("<f4", "(2,)", "False", 4, "promises 2 elements of 4 bytes")]
    [InlineData("<f4", "(1,)", "False", 8, "8 bytes of data")]
    [InlineData("<f4", "(-1,)", "False", 4, "'-1' in its shape")]
    [InlineData("<f4", "2", "False", 8, "no plain 'shape'")]
    [InlineData("<f4", "(2147483647, 2147483647, 2147483647, 2147483647)", "False", 4, "promises")]
    public void Read_UnusableFile_SaysWhy(string descr, string shape, string fortran, int bytes, string says)
    {
        var refused = Assert.Throws<InvalidDataException>(() => NpyFile.Read(NpyBytes.Of(descr, shape, new byte[bytes], fortran: fortran)));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(40)]
    public void Read_CutOff_IsRefused(int length) => Assert.Throws<InvalidDataException>(() => NpyFile.Read(NpyBytes.Of("(1,)", 4f).AsMemory(0, length)));
}
