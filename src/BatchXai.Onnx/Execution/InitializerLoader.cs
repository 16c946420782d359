using System.Runtime.InteropServices;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Execution;

/// <summary>Brings a constant of the file into torch, piece by piece: the physical memory of a mapped file is given back as soon as it has been copied.</summary>
internal static class InitializerLoader
{
    // A multiple of 8, so that a piece begins at a whole byte whatever the element type.
    private const long Piece = 1 << 20;

    public static Tensor ToTorch(OnnxTensor source, ExecutionSettings settings)
    {
        if (source.ElementType is OnnxElementType.String or OnnxElementType.Complex64 or OnnxElementType.Complex128)
        {
            throw new GraphExecutionException($"Tensor '{source.Name}' holds {source.ElementType}, which cannot be computed with.");
        }

        using var noGrad = torch.no_grad();
        var stored = torch.empty([.. source.Dims], new ExecutionSettings(torch.CPU, DoublePrecision: false).TypeOf(source.ElementType));
        Fill(stored, source);
        var loaded = stored.to(settings.TypeOf(source.ElementType), settings.Device);
        if (!ReferenceEquals(loaded, stored))
        {
            stored.Dispose();
        }

        return loaded;
    }

    private static void Fill(Tensor stored, OnnxTensor source)
    {
        using var flat = stored.view(-1);
        var count = source.Count;
        for (long start = 0; start < count; start += Piece)
        {
            var length = Math.Min(Piece, count - start);
            using var part = flat.narrow(0, start, length);
            var bytes = source.Data.Slice((int)source.ElementType.Bytes(start), (int)source.ElementType.Bytes(length));
            Decode(source.ElementType, bytes.Span, part.bytes);
            MappedMemory.Release(bytes);
        }

        GC.KeepAlive(source);
    }

    private static void Decode(OnnxElementType type, ReadOnlySpan<byte> packed, Span<byte> stored)
    {
        switch (type)
        {
            case OnnxElementType.UInt16:
                var numbers = MemoryMarshal.Cast<byte, int>(stored);
                for (var i = 0; i < numbers.Length; i++)
                {
                    numbers[i] = MemoryMarshal.Read<ushort>(packed[(2 * i)..]);
                }

                break;
            case OnnxElementType.UInt32 or OnnxElementType.UInt64:
                ElementDecoder.ToInt64(type, packed, MemoryMarshal.Cast<byte, long>(stored));
                break;
            case OnnxElementType.Bool:
                for (var i = 0; i < stored.Length; i++)
                {
                    stored[i] = (byte)(packed[i] == 0 ? 0 : 1);
                }

                break;
            case OnnxElementType.Int4 or OnnxElementType.UInt4 or OnnxElementType.Int2 or OnnxElementType.UInt2:
                ElementDecoder.Unpack(type, packed, stored);
                break;
            case var _ when type.IsSmallFloat():
                ElementDecoder.ToSingle(type, packed, MemoryMarshal.Cast<byte, float>(stored));
                break;
            default:
                packed.CopyTo(stored);
                break;
        }
    }
}
