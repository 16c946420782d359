namespace BatchXai.Onnx.Operators;

/// <summary>Convolutions.</summary>
internal static class ConvolutionOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("Conv", 1, Convolution.Bind),
        new("ConvTranspose", 1, ConvolutionTranspose.Bind),
        new("DeformConv", 19, DeformableConvolution.Bind) { Limits = "two spatial axes only" },
    ];
}
