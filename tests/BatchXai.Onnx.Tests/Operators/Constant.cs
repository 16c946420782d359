using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Constant tensors for models of one operator.</summary>
internal static class Constant
{
    public static OnnxTensor Positive(int seed, params long[] dims) => OperatorCase.Floats(dims, SampleModels.Positive(Count(dims), seed));

    public static OnnxTensor Integers32(long[] dims, params int[] values) => Of(OnnxElementType.Int32, dims, values);

    public static OnnxTensor Byte(byte value) => Of(OnnxElementType.UInt8, [], [value]);

    public static OnnxTensor SByte(sbyte value) => Of(OnnxElementType.Int8, [], [value]);

    /// <summary>All bytes alike probable.</summary>
    public static OnnxTensor Bytes(int seed, params long[] dims) => RandomBytes(OnnxElementType.UInt8, seed, dims);

    /// <summary>All signed bytes alike probable.</summary>
    public static OnnxTensor SBytes(int seed, params long[] dims) => RandomBytes(OnnxElementType.Int8, seed, dims);

    public static OnnxTensor Of<T>(OnnxElementType type, long[] dims, T[] values)
        where T : unmanaged
        => new("", type, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private static OnnxTensor RandomBytes(OnnxElementType type, int seed, long[] dims)
    {
        var values = new byte[Count(dims)];
        new Random(seed).NextBytes(values);
        return Of(type, dims, values);
    }

    private static int Count(long[] dims) => (int)dims.Aggregate(1L, (product, dim) => product * dim);
}
