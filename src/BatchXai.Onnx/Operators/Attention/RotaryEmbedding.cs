using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// RotaryEmbedding: turns pairs of features by an angle that depends on the position, see https://arxiv.org/abs/2104.09864.
/// Pairs are the two halves of a head, or neighbours when interleaved; features from rotary_embedding_dim on stay as they are.
/// </summary>
internal static class RotaryEmbedding
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var (interleaved, width, heads) = (node.Int("interleaved", 0) != 0, node.Int("rotary_embedding_dim", 0), node.Int("num_heads", 0));
        return inputs =>
        {
            var x = inputs.Tensor(0);
            if (x.Dimensions == 4)
            {
                return [Rotated(x, inputs, interleaved, width)];
            }

            if (heads == 0)
            {
                throw new InvalidOperationException("num_heads is missing for an input of rank 3");
            }

            using var split = AttentionHeads.Split(x, heads);
            using var rotated = Rotated(split, inputs, interleaved, width);
            return [AttentionHeads.Join(rotated)];
        };
    }

    // x is batch × heads × positions × features.
    private static Tensor Rotated(Tensor x, Arguments inputs, bool interleaved, long width)
    {
        var size = x.shape[3];
        width = width == 0 ? size : width;
        using var cos = Angles(inputs, 1);
        using var sin = Angles(inputs, 2);
        using var turning = x.slice(3, 0, width, 1);
        using var first = interleaved ? turning.slice(3, 0, width, 2) : turning.slice(3, 0, width / 2, 1);
        using var second = interleaved ? turning.slice(3, 1, width, 2) : turning.slice(3, width / 2, width, 1);
        using var real = Turned(first, cos, second, sin, minus: true);
        using var imaginary = Turned(first, sin, second, cos, minus: false);
        using var turned = interleaved ? Interleaved(real, imaginary, turning.shape) : torch.cat([real, imaginary], 3);
        if (width == size)
        {
            return turned.alias();
        }

        using var rest = x.slice(3, width, size, 1);
        return torch.cat([turned, rest], 3);
    }

    // The cosines or sines at the positions, batch × 1 × positions × half the features.
    private static Tensor Angles(Arguments inputs, int cache)
    {
        var table = inputs.Tensor(cache);
        if (!inputs.Has(3))
        {
            return table.unsqueeze(1);
        }

        var positions = inputs.Tensor(3);
        using var flat = positions.reshape(-1);
        using var rows = table.index_select(0, flat);
        return rows.reshape(positions.shape[0], 1, positions.shape[1], -1);
    }

    private static Tensor Turned(Tensor a, Tensor p, Tensor b, Tensor q, bool minus)
    {
        using var left = a.mul(p);
        using var right = b.mul(q);
        return minus ? left.sub(right) : left.Plus(right);
    }

    private static Tensor Interleaved(Tensor even, Tensor odd, long[] shape)
    {
        using var pairs = torch.stack([even, odd], -1);
        return pairs.reshape(shape);
    }
}
