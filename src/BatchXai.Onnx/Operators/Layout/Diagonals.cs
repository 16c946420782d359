namespace BatchXai.Onnx.Operators;

/// <summary>Operators about the diagonals of matrices: EyeLike, Trilu.</summary>
internal static class Diagonals
{
    /// <summary>EyeLike: ones on diagonal <c>k</c>, zeros elsewhere, in the shape of the input.</summary>
    public static Kernel EyeLike(OperatorContext context)
    {
        var diagonal = context.Node.Int("k", 0);
        var type = context.Node.OptionalInt("dtype");
        return inputs =>
        {
            var shape = inputs[0].Shape;
            if (shape.Length != 2)
            {
                throw new InvalidOperationException("a matrix is expected");
            }

            var result = type is { } given ? inputs.Settings.TypeOf((OnnxElementType)given) : inputs.Tensor(0).dtype;
            using var rows = Arange(shape[0], inputs.Settings.Device);
            using var columns = Arange(shape[1], inputs.Settings.Device);
            using var below = rows.unsqueeze(1);
            using var distance = columns.sub(below);
            using var on = distance.eq(Held(diagonal));
            return [on.to(result, copy: true)];
        };
    }

    /// <summary>Trilu: keeps the upper or lower triangle from diagonal <c>k</c> on.</summary>
    public static Kernel Triangle(OperatorContext context)
    {
        var upper = context.Node.Int("upper", 1) != 0;
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var diagonal = inputs.OptionalInts(1)?[0] ?? 0;
            return [upper ? x.triu(diagonal) : x.tril(diagonal)];
        };
    }
}
