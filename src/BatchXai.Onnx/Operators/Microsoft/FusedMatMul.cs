namespace BatchXai.Onnx.Operators;

/// <summary>FusedMatMul: α·A′·B′. transA and transB swap the last two axes; with transBatchA and transBatchB the first axis is the matrix's own and moves behind the batch axes before that.</summary>
internal static class FusedMatMul
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var alpha = node.Float("alpha", 1);
        bool Flag(string name) => node.Int(name, 0) != 0;
        var (transA, transB, batchA, batchB) = (Flag("transA"), Flag("transB"), Flag("transBatchA"), Flag("transBatchB"));
        return inputs =>
        {
            using var a = Arranged(inputs.Tensor(0), transA, batchA);
            using var b = Arranged(inputs.Tensor(1), transB, batchB);
            using var product = MatMul.Multiply(a, b);
            return [alpha == 1 ? product.alias() : product.mul(Held(alpha))];
        };
    }

    private static Tensor Arranged(Tensor x, bool transpose, bool batch)
    {
        using var moved = batch && x.Dimensions > 2 ? x.movedim([0], [-2]) : x.alias();
        return transpose && x.Dimensions > 1 ? moved.transpose(-2, -1) : moved.alias();
    }
}
