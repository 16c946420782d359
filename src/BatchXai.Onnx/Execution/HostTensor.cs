using System.Runtime.InteropServices;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Execution;

/// <summary>
/// A small integer or boolean tensor in managed memory. Shapes, axes and indices stay here: on a GPU, every look at
/// a shape tensor would stop the device.
/// </summary>
/// <param name="Type">An integer type or bool.</param>
/// <param name="Dims">Size of each axis; empty for a scalar.</param>
/// <param name="Data">Elements, row-major.</param>
internal sealed record HostTensor(OnnxElementType Type, long[] Dims, long[] Data)
{
    /// <summary>Larger tensors are data rather than shapes and belong to torch.</summary>
    public const long MaxCount = 1 << 16;

    public static HostTensor Vector(long[] data) => new(OnnxElementType.Int64, [data.Length], data);

    public static HostTensor Scalar(long value) => new(OnnxElementType.Int64, [], [value]);

    public static long Count(IEnumerable<long> dims) => dims.Aggregate(1L, (product, dim) => product * dim);

    public Tensor ToTorch(ExecutionSettings settings)
    {
        var wide = torch.empty(Dims, torch.ScalarType.Int64);
        if (Data.Length > 0)
        {
            MemoryMarshal.AsBytes(Data.AsSpan()).CopyTo(wide.bytes);
        }

        var result = wide.to(settings.TypeOf(Type), settings.Device);
        if (!ReferenceEquals(result, wide))
        {
            wide.Dispose();
        }

        return result;
    }

    /// <param name="tensor">Whole numbers.</param>
    /// <param name="type">Their ONNX type.</param>
    public static HostTensor FromTorch(Tensor tensor, OnnxElementType type)
    {
        if (!type.IsInteger())
        {
            throw new InvalidOperationException($"expected an integer tensor, found {type}");
        }

        using var wide = tensor.to(torch.ScalarType.Int64, torch.CPU, copy: true);
        using var dense = wide.contiguous();
        var data = new long[tensor.numel()];
        if (data.Length > 0)
        {
            MemoryMarshal.Cast<byte, long>(dense.bytes).CopyTo(data);
        }

        return new HostTensor(type, tensor.shape, data);
    }

    /// <summary>Keeps the positions <paramref name="indices"/> of an axis, in that order.</summary>
    public HostTensor Select(int axis, IReadOnlyList<long> indices)
    {
        var inner = Count(Dims[(axis + 1)..]);
        var outer = Count(Dims[..axis]);
        var data = new long[outer * indices.Count * inner];
        var position = 0;
        for (long block = 0; block < outer; block++)
        {
            foreach (var index in indices)
            {
                Array.Copy(Data, ((block * Dims[axis]) + index) * inner, data, position, inner);
                position += (int)inner;
            }
        }

        long[] dims = [.. Dims];
        dims[axis] = indices.Count;
        return new HostTensor(Type, dims, data);
    }
}
