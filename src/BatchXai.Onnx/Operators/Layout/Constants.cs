using System.Runtime.InteropServices;
using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Operators;

/// <summary>Operators that make constants and shapes: Constant, ConstantOfShape, Shape, Size.</summary>
internal static class Constants
{
    /// <summary>Constant: one of several attributes holds the value.</summary>
    public static Kernel Constant(OperatorContext context)
    {
        var tensor = FromAttributes(context.Node);
        return _ => [Value.Of(tensor)];
    }

    /// <summary>ConstantOfShape: a shape filled with one value, by default a float zero.</summary>
    public static Kernel OfShape(OperatorContext context)
    {
        var fill = context.Node.Tensor("value") ?? new OnnxTensor("", OnnxElementType.Float, [1], new byte[4]);
        if (fill.Count != 1)
        {
            throw new NotSupportedException($"a fill value of {fill.Count} elements");
        }

        return inputs =>
        {
            var shape = inputs.Ints(0);
            inputs.Settings.Require(shape);
            var limit = fill.ElementType.IsInteger() ? HostTensor.MaxCount : HostTensor.IsNumber(fill.ElementType) ? HostTensor.MaxNumbers : -1;
            if (HostTensor.Count(shape) <= limit)
            {
                return [HostArithmetic.Expand(HostTensor.Of(fill) with { Dims = [] }, shape)];
            }

            using var one = InitializerLoader.ToTorch(fill, inputs.Settings);
            using var scalar = one.reshape([]);
            using var view = scalar.expand(shape);
            return [view.contiguous()];
        };
    }

    /// <summary>Shape; <c>start</c> and <c>end</c> cut it (from 15).</summary>
    public static Kernel Shape(OperatorContext context)
    {
        var (start, end) = (context.Node.Int("start", 0), context.Node.OptionalInt("end"));
        return inputs =>
        {
            var shape = inputs[0].Shape;
            var from = Position(start, shape.Length);
            var to = Math.Max(from, Position(end ?? shape.Length, shape.Length));
            return [HostTensor.Vector(shape[from..to])];
        };
    }

    /// <summary>Size: the number of elements.</summary>
    public static Kernel Size(OperatorContext context) => inputs => [HostTensor.Scalar(HostTensor.Count(inputs[0].Shape))];

    private static int Position(long index, int rank) => (int)Math.Clamp(index < 0 ? index + rank : index, 0, rank);

    private static OnnxTensor FromAttributes(OnnxNode node)
    {
        if (node.Tensor("value") is { } tensor)
        {
            return IsHeld(tensor.ElementType) ? tensor : throw new NotSupportedException($"a constant of {tensor.ElementType}");
        }

        if (node.Attributes.GetValueOrDefault("sparse_value")?.SparseTensor is { } sparse)
        {
            return IsHeld(sparse.ElementType) ? sparse : throw new NotSupportedException($"a constant of {sparse.ElementType}");
        }

        if (node.Attributes.ContainsKey("value_float"))
        {
            return Floats([node.Float("value_float", 0)], []);
        }

        if (node.Floats("value_floats") is { } floats)
        {
            return Floats(floats, [floats.Length]);
        }

        if (node.OptionalInt("value_int") is { } integer)
        {
            return Integers([integer], []);
        }

        return node.Ints("value_ints") is { } integers
            ? Integers(integers, [integers.Length])
            : throw new NotSupportedException("a constant that is text");
    }

    private static bool IsHeld(OnnxElementType type) => type is not (OnnxElementType.String or OnnxElementType.Complex64 or OnnxElementType.Complex128);

    private static OnnxTensor Floats(float[] values, long[] dims)
        => new("", OnnxElementType.Float, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private static OnnxTensor Integers(long[] values, long[] dims)
        => new("", OnnxElementType.Int64, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
