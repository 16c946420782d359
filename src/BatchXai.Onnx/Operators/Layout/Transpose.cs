namespace BatchXai.Onnx.Operators;

/// <summary>Transpose: permutes axes; reverses them when <c>perm</c> is absent.</summary>
internal static class Transpose
{
    public static Kernel Bind(OperatorContext context)
    {
        var permutation = context.Node.Ints("perm");
        return inputs =>
        {
            var x = inputs.Tensor(0);
            return [x.permute(permutation ?? [.. Axes.All((int)x.Dimensions).Reverse()])];
        };
    }
}
