namespace BatchXai.Onnx.Operators;

/// <summary>GlobalAveragePool and GlobalMaxPool: every spatial axis shrinks to one.</summary>
internal static class GlobalPool
{
    public static Kernel Average(OperatorContext context) => inputs => [inputs.Tensor(0).mean(Spatial(inputs.Tensor(0)), keepdim: true)];

    public static Kernel Max(OperatorContext context) => inputs => [inputs.Tensor(0).amax(Spatial(inputs.Tensor(0)), keepdim: true)];

    private static long[] Spatial(Tensor x) => Axes.All((int)x.Dimensions)[2..];
}
