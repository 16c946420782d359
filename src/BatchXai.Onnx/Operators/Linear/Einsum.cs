namespace BatchXai.Onnx.Operators;

/// <summary>Einsum: sums of products by an equation such as <c>bij,bjk->bik</c>.</summary>
internal static class Einsum
{
    public static Kernel Bind(OperatorContext context)
    {
        var equation = context.Node.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        return inputs => [torch.einsum(equation, inputs.AllTensors())];
    }
}
