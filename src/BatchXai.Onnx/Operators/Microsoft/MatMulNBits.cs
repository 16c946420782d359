using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// MatMulNBits: a · Wᵀ with W of N×K unsigned integers of 2, 4 or 8 bits, packed low bits first into rows of blocks, each block with a scale and an
/// optional zero point (packed the same way, or a number like a's elements); without one the middle of the range is zero.
/// </summary>
internal static class MatMulNBits
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var (bits, k, n, block) = (node.Int("bits", 4), node.Int("K", 0), node.Int("N", 0), node.Int("block_size", 32));
        if (bits is not (2 or 4 or 8) || (node.Inputs.Count > 4 && node.Inputs[4].Length > 0))
        {
            throw new NotSupportedException(bits is 2 or 4 or 8 ? "g_idx" : $"bits={bits}");
        }

        return inputs =>
        {
            var a = inputs.Tensor(0);
            var blocks = (k + block - 1) / block;
            using var packed = inputs.Tensor(1).reshape(n, blocks, -1);
            using var levels = Unpacked(packed, bits, a.dtype);
            using var zero = Zero(inputs, bits, n, blocks, a.dtype);
            using var centred = levels.sub(zero);
            using var scale = inputs.Tensor(2).reshape(n, blocks, 1);
            using var blocked = centred.mul(scale);
            using var rows = blocked.reshape(n, -1);
            using var weight = rows.narrow(1, 0, k);
            return [F.linear(a, weight, inputs.OptionalTensor(5))];
        };
    }

    private static Tensor Zero(Arguments inputs, long bits, long n, long blocks, torch.ScalarType type)
    {
        if (inputs.OptionalTensor(3) is not { } given)
        {
            return torch.full([1], Held(1 << (int)(bits - 1)), type, inputs.Settings.Device);
        }

        if (given.is_floating_point())
        {
            return given.reshape(n, blocks, 1);
        }

        using var rows = given.reshape(n, -1);
        using var levels = Unpacked(rows, bits, type);
        using var used = levels.narrow(1, 0, blocks);
        return used.reshape(n, blocks, 1);
    }

    // The last axis grows by 8 / bits.
    private static Tensor Unpacked(Tensor packed, long bits, torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var wide = packed.to(torch.ScalarType.Int32);
        var parts = Enumerable.Range(0, (int)(8 / bits)).Select(part => wide.bitwise_right_shift(torch.tensor((int)(part * bits), device: packed.device)).bitwise_and(torch.tensor((1 << (int)bits) - 1, device: packed.device)));
        return torch.stack(parts, -1).flatten(-2).to(type).MoveToOuterDisposeScope();
    }
}
