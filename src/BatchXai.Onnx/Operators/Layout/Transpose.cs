namespace BatchXai.Onnx.Operators;

/// <summary>Transpose: permutes axes; reverses them when <c>perm</c> is absent.</summary>
internal static class Transpose
{
    public static Kernel Bind(OperatorContext context)
    {
        var permutation = context.Node.Ints("perm");
        return inputs =>
        {
            var rank = inputs[0].Shape.Length;
            var order = permutation is null ? [.. Axes.All(rank).Reverse()] : Axes.Normalize(permutation, rank);
            return inputs[0].IsManaged ? [inputs.Host(0).Permute(order)] : [inputs.Tensor(0).permute(order)];
        };
    }
}
