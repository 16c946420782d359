namespace BatchXai.Onnx.Operators;

/// <summary>If: runs one of two subgraphs. A condition that is constant in the file was decided when the graph was prepared.</summary>
internal static class If
{
    public static Kernel Bind(OperatorContext context)
    {
        var (yes, no) = (context.Subgraph("then_branch"), context.Subgraph("else_branch"));
        return inputs => (inputs.Scalar(0) != 0 ? yes : no).Run(context.Captured(inputs), [], inputs.Settings);
    }
}
