namespace BatchXai.Onnx.Operators;

/// <summary>Gemm: α·A′·B′ + β·C with optional transposition and a C that broadcasts. Transposes are views and the factors go to the BLAS call, so nothing is copied.</summary>
internal static class Gemm
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var (alpha, beta) = (node.Float("alpha", 1), node.Float("beta", 1));
        var (transposeA, transposeB) = (node.Int("transA", 0) != 0, node.Int("transB", 0) != 0);
        return inputs =>
        {
            using var a = transposeA ? inputs.Tensor(0).t() : inputs.Tensor(0).alias();
            using var b = transposeB ? inputs.Tensor(1).t() : inputs.Tensor(1).alias();
            inputs.Settings.Require(a.shape[0], b.shape[^1]);
            var c = inputs.OptionalTensor(2);
            if (!a.is_floating_point())
            {
                return [OfIntegers(a, b, c, (long)alpha, (long)beta)];
            }

            if (c is not null)
            {
                return [c.addmm(a, b, beta, alpha)];
            }

            if (alpha == 1)
            {
                return [a.mm(b)];
            }

            using var product = a.mm(b);
            return [product.mul(Held(alpha))];
        };
    }

    // torch takes only whole factors for whole numbers.
    private static Tensor OfIntegers(Tensor a, Tensor b, Tensor? c, long alpha, long beta)
    {
        using var product = a.mm(b);
        using var scaled = product.mul(Held(alpha));
        using var bias = c?.mul(Held(beta));
        return bias is null ? scaled.alias() : scaled.Plus(bias);
    }
}
