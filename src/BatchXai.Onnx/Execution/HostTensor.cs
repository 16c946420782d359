using System.Runtime.InteropServices;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Execution;

/// <summary>
/// A small tensor in managed memory. Shapes, axes and indices stay here: on a GPU, every look at a shape tensor would
/// stop the device. So do the few floating-point numbers that shapes are computed with, such as scales.
/// </summary>
/// <param name="Type">An integer type, bool, or a floating-point type.</param>
/// <param name="Dims">Size of each axis; empty for a scalar.</param>
/// <param name="Data">Elements, row-major; of a floating-point type the bits of doubles, so that moving elements needs no second way.</param>
internal sealed record HostTensor(OnnxElementType Type, long[] Dims, long[] Data)
{
    /// <summary>Larger integer tensors are data rather than shapes and belong to torch.</summary>
    public const long MaxCount = 1 << 16;

    /// <summary>Larger floating-point tensors are data and belong to torch.</summary>
    public const long MaxNumbers = 64;

    public bool IsInteger => Type.IsInteger();

    /// <summary>The elements as numbers, whatever their type.</summary>
    public double[] Numbers => IsInteger ? Array.ConvertAll(Data, integer => (double)integer) : Array.ConvertAll(Data, BitConverter.Int64BitsToDouble);

    /// <summary>Numbers rounded to a floating-point type.</summary>
    public static HostTensor OfNumbers(OnnxElementType type, long[] dims, double[] numbers)
        => new(type, dims, Array.ConvertAll(numbers, number => BitConverter.DoubleToInt64Bits(Rounded(number, type))));

    public static HostTensor Of(OnnxTensor source) => source.ElementType switch
    {
        OnnxElementType.Double => OfNumbers(source.ElementType, [.. source.Dims], MemoryMarshal.Cast<byte, double>(source.Data.Span).ToArray()),
        var type when IsNumber(type) => OfNumbers(type, [.. source.Dims], Array.ConvertAll(source.ToSingle(), number => (double)number)),
        var type => new HostTensor(type, [.. source.Dims], source.ToInt64()),
    };

    /// <summary>Whether a type is one of the floating-point types that can be held here.</summary>
    public static bool IsNumber(OnnxElementType type) => type is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16;

    public static HostTensor Vector(long[] data) => new(OnnxElementType.Int64, [data.Length], data);

    public static HostTensor Scalar(long value) => new(OnnxElementType.Int64, [], [value]);

    public static long Count(IEnumerable<long> dims) => dims.Aggregate(1L, (product, dim) => checked(product * dim));

    public Tensor ToTorch(ExecutionSettings settings)
    {
        var wide = torch.empty(Dims, IsInteger ? torch.ScalarType.Int64 : torch.ScalarType.Float64);
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

    /// <param name="tensor">On any device.</param>
    /// <param name="type">The ONNX type of its elements.</param>
    public static HostTensor FromTorch(Tensor tensor, OnnxElementType type)
    {
        using var noGrad = torch.no_grad();
        using var wide = tensor.to(type.IsInteger() ? torch.ScalarType.Int64 : torch.ScalarType.Float64, torch.CPU, copy: true);
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

    /// <summary>Axis <c>i</c> of the result is axis <c>order[i]</c>.</summary>
    public HostTensor Permute(long[] order)
    {
        var dims = Array.ConvertAll(order, axis => Dims[axis]);
        var strides = Array.ConvertAll(order, axis => Count(Dims[((int)axis + 1)..]));
        var data = new long[Data.Length];
        for (var i = 0; i < data.Length; i++)
        {
            var (rest, from) = ((long)i, 0L);
            for (var axis = order.Length - 1; axis >= 0; axis--)
            {
                from += rest % dims[axis] * strides[axis];
                rest /= dims[axis];
            }

            data[i] = Data[from];
        }

        return new HostTensor(Type, dims, data);
    }

    // Sums, products, quotients and roots computed in double and then rounded are what the narrower type gives.
    private static double Rounded(double number, OnnxElementType type) => type switch
    {
        OnnxElementType.Float => (float)number,
        OnnxElementType.Float16 => (double)(Half)number,
        OnnxElementType.BFloat16 => UpperHalf((float)number),
        _ => number,
    };

    private static float UpperHalf(float number)
    {
        if (float.IsNaN(number))
        {
            return number;
        }

        var bits = BitConverter.SingleToUInt32Bits(number);
        var toNearestEven = bits + 0x7FFF + ((bits >> 16) & 1);
        return BitConverter.UInt32BitsToSingle(toNearestEven & 0xFFFF_0000);
    }
}
