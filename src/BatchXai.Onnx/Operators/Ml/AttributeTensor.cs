using System.Runtime.InteropServices;
using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Numbers of an attribute as a constant that is brought to the device once.</summary>
internal static class AttributeTensor
{
    public static Value Of(float[] values, params long[] dims)
        => Value.Of(new OnnxTensor("", OnnxElementType.Float, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

    public static Value Of(long[] values, params long[] dims)
        => Value.Of(new OnnxTensor("", OnnxElementType.Int64, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

    public static Value Of(double[] values, params long[] dims)
        => Value.Of(new OnnxTensor("", OnnxElementType.Double, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

    /// <summary>Numbers that must be there.</summary>
    public static float[] Required(OnnxNode node, string name) => node.Floats(name) is { Length: > 0 } found ? found : throw new NotSupportedException($"no {name}");
}
