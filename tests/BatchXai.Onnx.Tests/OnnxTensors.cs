using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Tests;

internal static class OnnxTensors
{
    public static OnnxTensor Of<T>(string name, OnnxElementType type, long[] dims, params T[] values)
        where T : unmanaged
        => new(name, type, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
