namespace BatchXai.Onnx.Operators;

/// <summary>
/// Rounds to a floating-point type of 8 or 4 bits, half to even: numbers between 2ᵉ and 2ᵉ⁺¹ lie 2ᵉ⁻ᵐ apart, those below the least exponent as far as
/// the next. Beyond the largest value comes that value, or without saturation what the type has instead.
/// </summary>
/// <param name="Mantissa">Stored mantissa bits m.</param>
/// <param name="LeastExponent">Exponent of the smallest normal number.</param>
/// <param name="Largest">Largest finite value.</param>
/// <param name="HasInfinity">Whether too large numbers become infinite rather than NaN.</param>
internal sealed record SmallFloat(int Mantissa, int LeastExponent, double Largest, bool HasInfinity)
{
    public (double Low, double High) Range => (-Largest, Largest);

    public static SmallFloat Of(OnnxElementType type) => type switch
    {
        OnnxElementType.Float8E4M3FN => new(3, -6, 448, HasInfinity: false),
        OnnxElementType.Float8E4M3FNUZ => new(3, -7, 240, HasInfinity: false),
        OnnxElementType.Float8E5M2 => new(2, -14, 57344, HasInfinity: true),
        OnnxElementType.Float8E5M2FNUZ => new(2, -15, 57344, HasInfinity: false),
        OnnxElementType.Float4E2M1 => new(1, 0, 6, HasInfinity: false),
        _ => throw new InvalidOperationException($"cannot quantize to {type}"),
    };

    public Tensor Round(Tensor x, bool saturate)
    {
        using var noGrad = torch.no_grad();
        using var rounded = Nearest(x);
        if (saturate)
        {
            return rounded.clamp(-Largest, Largest);
        }

        using var size = rounded.abs();
        using var tooLarge = size.gt(Largest);
        using var beyond = HasInfinity ? rounded.mul(double.PositiveInfinity) : torch.full_like(rounded, double.NaN);
        return torch.where(tooLarge, beyond, rounded);
    }

    private Tensor Nearest(Tensor x)
    {
        // frexp gives x = f · 2ᵏ with ½ ≤ |f| < 1, so the exponent is k − 1. Powers of two are exact.
        var (fraction, power) = torch.frexp(x);
        using (fraction)
        using (power)
        {
            using var exponent = power.sub(1 + Mantissa);
            using var kept = exponent.clamp_min(LeastExponent - Mantissa);
            using var wide = kept.to(x.dtype);
            using var step = wide.exp2();
            using var steps = x.div(step);
            using var whole = steps.round();
            return whole.mul(step);
        }
    }
}
