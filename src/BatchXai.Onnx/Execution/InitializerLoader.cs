using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Execution;

/// <summary>Brings a constant of the file into torch.</summary>
internal static class InitializerLoader
{
    public static Tensor ToTorch(OnnxTensor source, ExecutionSettings settings)
    {
        using var noGrad = torch.no_grad();
        var stored = torch.empty([.. source.Dims], StoredType(source.ElementType));
        if (source.Data.Length > 0)
        {
            Bytes(source).CopyTo(stored.bytes);
        }

        var loaded = stored.to(settings.TypeOf(source.ElementType), settings.Device);
        if (!ReferenceEquals(loaded, stored))
        {
            stored.Dispose();
        }

        return loaded;
    }

    // Unsigned types unknown to torch travel as 64-bit integers.
    private static ReadOnlySpan<byte> Bytes(OnnxTensor source) => source.ElementType is OnnxElementType.UInt16 or OnnxElementType.UInt32
        ? MemoryMarshal.AsBytes(source.ToInt64().AsSpan())
        : source.Data.Span;

    private static torch.ScalarType StoredType(OnnxElementType type) => type switch
    {
        OnnxElementType.UInt16 or OnnxElementType.UInt32 or OnnxElementType.UInt64 => torch.ScalarType.Int64,
        _ => new ExecutionSettings(torch.CPU, DoublePrecision: false).TypeOf(type),
    };
}
