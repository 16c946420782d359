namespace BatchXai.Onnx.Operators;

/// <summary>SVMRegressor: Σ coefficient·kernel + ρ; with <c>one_class=1</c> its sign.</summary>
internal static class SvmRegressor
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var weights = AttributeTensor.Required(node, "coefficients");
        var rho = AttributeTensor.Required(node, "rho")[0];
        var count = node.Int("n_supports", 0);
        var vectors = count > 0 ? new SupportVectors(node, AttributeTensor.Required(node, "support_vectors"), count) : new SupportVectors(node, weights, 1, linear: true);
        var factors = count > 0 ? AttributeTensor.Of(weights, 1, count) : null;
        var oneClass = node.Int("one_class", 0) != 0;
        if (node.Text("post_transform", "NONE") is not "NONE" and var transform)
        {
            throw new NotSupportedException($"post_transform={transform}");
        }

        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            var x = FeatureMatrix.Of(inputs, 0);
            var kernels = vectors.Compare(x, inputs.Settings);
            var sum = factors is null ? kernels : F.linear(kernels, factors.Tensor(inputs.Settings).to(torch.ScalarType.Float64));
            var score = sum.Plus(Held(rho));
            var result = oneClass ? score.gt(Held(0)).to(torch.ScalarType.Float64).mul(Held(2)).sub(Held(1)) : score;
            return [result.In(x.dtype).MoveToOuterDisposeScope()];
        };
    }
}
