namespace BatchXai.Onnx.Operators;

/// <summary>FusedGemm: activation(α·A′·B′ + β·C).</summary>
internal static class FusedGemm
{
    private static readonly string[] Names = ["activation_alpha", "activation_beta", "activation_gamma"];

    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var gemm = Gemm.Bind(context);
        var activation = FusedActivation.Of(node.Text("activation", ""), Parameters(node));
        return inputs =>
        {
            using var product = Composite.Run(gemm, inputs.Settings, inputs.Tensor(0), inputs.Tensor(1), inputs.OptionalTensor(2));
            return [activation(product)];
        };
    }

    private static float[] Parameters(OnnxNode node)
        => [.. Names.TakeWhile(node.Attributes.ContainsKey).Select(name => node.Float(name, 0))];
}
