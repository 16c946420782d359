using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Execution;

/// <summary>Where and how precisely a graph computes.</summary>
/// <param name="Device">Device of all tensors.</param>
/// <param name="DoublePrecision">Whether single precision is widened to double, as gradient checks need.</param>
internal sealed record ExecutionSettings(torch.Device Device, bool DoublePrecision)
{
    /// <summary>What this run may still execute.</summary>
    public StepBudget Steps { get; init; } = new();

    /// <summary>Elements that one tensor may have: a file of a few bytes can ask for any number.</summary>
    public long MaxElements { get; init; } = 1L << 31;

    /// <summary>Call before a tensor is made whose size the inputs' sizes do not bound.</summary>
    /// <exception cref="InvalidOperationException">The shape is negative somewhere, or exceeds <see cref="MaxElements"/>.</exception>
    public void Require(params ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (var size in shape)
        {
            if (size < 0 || (size > 0 && size > MaxElements / count))
            {
                throw new InvalidOperationException($"a tensor of [{string.Join(", ", shape.ToArray())}] {(size < 0 ? "has a negative size" : $"exceeds the budget of {MaxElements} elements")}");
            }

            count *= Math.Max(1, size);
        }
    }

    /// <summary>The torch type that carries an ONNX type. Types that torch cannot compute with are widened.</summary>
    public torch.ScalarType TypeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Float => DoublePrecision ? torch.ScalarType.Float64 : torch.ScalarType.Float32,
        _ when type.IsSmallFloat() => TypeOf(OnnxElementType.Float),
        OnnxElementType.Double => torch.ScalarType.Float64,
        OnnxElementType.Float16 => DoublePrecision ? torch.ScalarType.Float64 : torch.ScalarType.Float16,
        OnnxElementType.BFloat16 => DoublePrecision ? torch.ScalarType.Float64 : torch.ScalarType.BFloat16,
        OnnxElementType.Bool => torch.ScalarType.Bool,
        OnnxElementType.UInt8 or OnnxElementType.UInt4 or OnnxElementType.UInt2 => torch.ScalarType.Byte,
        OnnxElementType.Int8 or OnnxElementType.Int4 or OnnxElementType.Int2 => torch.ScalarType.Int8,
        OnnxElementType.Int16 => torch.ScalarType.Int16,
        OnnxElementType.Int32 or OnnxElementType.UInt16 => torch.ScalarType.Int32,
        OnnxElementType.Int64 or OnnxElementType.UInt32 or OnnxElementType.UInt64 => torch.ScalarType.Int64,
        _ => throw new NotSupportedException($"element type {type} is not supported"),
    };

    /// <summary>The floating-point type that holds all integers of a type: single precision up to 16 bits.</summary>
    public torch.ScalarType WideTypeOf(OnnxElementType type) => type.Bits() <= 16 ? TypeOf(OnnxElementType.Float) : torch.ScalarType.Float64;

    /// <summary>The ONNX type of a torch type.</summary>
    public static OnnxElementType TypeOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => OnnxElementType.Float,
        torch.ScalarType.Float64 => OnnxElementType.Double,
        torch.ScalarType.Float16 => OnnxElementType.Float16,
        torch.ScalarType.BFloat16 => OnnxElementType.BFloat16,
        torch.ScalarType.Bool => OnnxElementType.Bool,
        torch.ScalarType.Byte => OnnxElementType.UInt8,
        torch.ScalarType.Int8 => OnnxElementType.Int8,
        torch.ScalarType.Int16 => OnnxElementType.Int16,
        torch.ScalarType.Int32 => OnnxElementType.Int32,
        torch.ScalarType.Int64 => OnnxElementType.Int64,
        _ => throw new NotSupportedException($"torch type {type} has no place in ONNX"),
    };
}
