using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// The arithmetic of linear quantization: q = clamp(round(x / scale) + zero), x ≈ (q − zero) · scale, rounding half to even.
/// Forward values are exact. Backward, rounding counts as the identity and clamping as what it is, so that quantizing and dequantizing passes
/// the gradient where x rounds to a value of the type and nothing outside: the straight-through estimator of quantization-aware training.
/// </summary>
internal static class Quantizer
{
    /// <summary>Quantizes x. Scale and zero already broadcast to it.</summary>
    public static Value Quantize(Tensor x, Tensor scale, Tensor? zero, OnnxElementType type, bool saturate = true)
    {
        using var ratio = x.div(scale);
        return Levels(ratio, zero, type, saturate);
    }

    /// <summary>Quantizes numbers that are already counted in steps of the scale.</summary>
    public static Value Levels(Tensor ratio, Tensor? zero, OnnxElementType type, bool saturate = true)
    {
        var format = SmallFloat.Of(type, saturate);
        var (low, high) = format?.Range ?? IntegerRange.Of(type);
        using var exact = format is null ? Rounded(ratio, zero, low, high) : Rounded(ratio, format);
        if (!ratio.requires_grad)
        {
            return Value.Quantized(exact.alias(), type);
        }

        // Numbers up to half a step outside still round to the last value.
        using var shifted = zero is null || format is not null ? ratio.alias() : ratio.Plus(zero);
        using var path = format is null ? shifted.clamp(Held(low - 0.5), Held(high + 0.5)) : shifted.clamp(Held(low), Held(high));
        return Value.Quantized(StraightThrough(exact, path), type);
    }

    /// <summary>(q − zero) · scale, computed at least in single precision.</summary>
    public static Tensor Dequantize(Tensor numbers, Tensor scale, Tensor? zero, torch.ScalarType type)
    {
        using var shifted = zero is null ? numbers.alias() : numbers.sub(zero);
        using var wide = shifted.In(scale.dtype);
        using var product = wide.mul(scale);
        return product.In(type);
    }

    /// <summary>The type of the arithmetic: half precision is widened.</summary>
    public static torch.ScalarType Wide(torch.ScalarType type) => type == torch.ScalarType.Float64 ? type : torch.ScalarType.Float32;

    /// <summary>The values of one tensor with the gradient of another. Their difference is exactly zero, so no value changes.</summary>
    private static Tensor StraightThrough(Tensor exact, Tensor path)
    {
        using var still = path.detach();
        using var slope = path.sub(still);
        return exact.Plus(slope);
    }

    private static Tensor Rounded(Tensor ratio, SmallFloat format)
    {
        using var wide = format.Nearest(ratio);
        return wide.In(ratio.dtype);
    }

    private static Tensor Rounded(Tensor ratio, Tensor? zero, double low, double high)
    {
        using var noGrad = torch.no_grad();
        using var whole = ratio.round();
        using var shifted = zero is null ? whole.alias() : whole.Plus(zero);
        return shifted.clamp(Held(low), Held(high));
    }
}
