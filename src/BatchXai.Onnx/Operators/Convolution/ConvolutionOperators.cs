namespace BatchXai.Onnx.Operators;

/// <summary>Convolutions.</summary>
internal static class ConvolutionOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("Conv", 1, Convolution.Bind),
    ];
}
