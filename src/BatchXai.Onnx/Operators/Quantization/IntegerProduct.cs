using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Products of 8-bit tensors, exact in floating point. With its zero point taken off, an 8-bit number lies within ±255, a product within ±65025.
/// A single holds every integer up to 2²⁴, so sums of up to 258 products are exact in single precision whatever their order; a double holds those up
/// to 2⁵³: more than 10¹¹ products.
/// </summary>
internal static class IntegerProduct
{
    private const long MostProductsOfSingle = (1 << 24) / (255 * 255);

    /// <summary>(a − a₀) · (b − b₀) in double precision. Zero points broadcast.</summary>
    public static Tensor MatMul(Tensor a, Tensor? zeroA, Tensor b, Tensor? zeroB)
    {
        var type = TypeFor(a.shape[^1]);
        using var left = Centred(a, zeroA, type);
        using var right = Centred(b, zeroB, type);
        using var product = Operators.MatMul.Multiply(left, right);
        return product.In(torch.ScalarType.Float64);
    }

    /// <summary>The convolution of x − x₀ and w − w₀ without bias, in double precision. Padding is zero, that is: x₀.</summary>
    public static Tensor Convolve(Kernel convolution, Arguments inputs, Tensor x, Tensor? zeroX, Tensor weight, Tensor? zeroW)
    {
        var type = TypeFor(HostTensor.Count(weight.shape[1..]));
        using var left = Centred(x, zeroX, type);
        using var right = Centred(weight, zeroW, type);
        using var product = Composite.Run(convolution, inputs.Settings, left, right);
        return product.In(torch.ScalarType.Float64);
    }

    private static torch.ScalarType TypeFor(long products) => products <= MostProductsOfSingle ? torch.ScalarType.Float32 : torch.ScalarType.Float64;

    private static Tensor Centred(Tensor x, Tensor? zero, torch.ScalarType type)
    {
        using var shifted = zero is null ? x.alias() : x.sub(zero);
        return shifted.In(type);
    }
}
