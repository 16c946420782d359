namespace BatchXai.Onnx.Operators;

/// <summary>DepthToSpace and SpaceToDepth: blocks of channels become blocks of pixels and back.</summary>
internal static class DepthAndSpace
{
    /// <summary>DepthToSpace; the block's position is the slow part of the channel (<c>DCR</c>) or the fast one (<c>CRD</c>, from opset 11).</summary>
    public static Kernel ToSpace(OperatorContext context)
    {
        var block = Block(context);
        var mode = context.Node.Text("mode", "DCR");
        if (mode is not ("DCR" or "CRD"))
        {
            throw new NotSupportedException($"mode={mode}");
        }

        return inputs =>
        {
            var x = inputs.Tensor(0);
            var (n, depth, height, width) = (x.shape[0], x.shape[1] / (block * block), x.shape[2], x.shape[3]);
            using var split = mode == "DCR" ? x.reshape(n, block, block, depth, height, width) : x.reshape(n, depth, block, block, height, width);
            using var turned = mode == "DCR" ? split.permute(0, 3, 4, 1, 5, 2) : split.permute(0, 1, 4, 2, 5, 3);
            return [turned.reshape(n, depth, height * block, width * block)];
        };
    }

    /// <summary>SpaceToDepth: the position within the block is the slow part of the new channel.</summary>
    public static Kernel ToDepth(OperatorContext context)
    {
        var block = Block(context);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var (n, depth, height, width) = (x.shape[0], x.shape[1], x.shape[2] / block, x.shape[3] / block);
            using var split = x.reshape(n, depth, height, block, width, block);
            using var turned = split.permute(0, 3, 5, 1, 2, 4);
            return [turned.reshape(n, depth * block * block, height, width)];
        };
    }

    private static long Block(OperatorContext context) => context.Node.OptionalInt("blocksize") ?? throw new NotSupportedException("no blocksize attribute");
}
