namespace BatchXai.Onnx.Operators;

/// <summary>
/// LRN: x / (bias + α/size · Σ x²)^β, the sum over <c>size</c> neighbouring channels, ⌊(size−1)/2⌋ before and ⌈(size−1)/2⌉ after.
/// torch's own function puts the odd neighbour of an even size on the other side.
/// </summary>
internal static class LocalResponseNormalization
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var (alpha, beta, bias) = (node.Float("alpha", 1e-4f), node.Float("beta", 0.75f), node.Float("bias", 1));
        var size = node.Int("size", 1);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var shape = x.shape;
            using var square = x.mul(x);
            using var planes = square.reshape(shape[0], 1, shape[1], -1);
            using var padded = F.pad(planes, [0L, 0, (size - 1) / 2, size / 2]);
            using var mean = F.avg_pool2d(padded, [size, 1L], [1L, 1]);
            using var channels = mean.reshape(shape);
            using var scaled = channels.mul(Held(alpha));
            using var shifted = scaled.Plus(Held(bias));
            using var divisor = shifted.pow(Held(beta));
            return [x.div(divisor)];
        };
    }
}
