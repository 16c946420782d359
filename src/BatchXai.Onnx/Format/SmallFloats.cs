namespace BatchXai.Onnx.Format;

/// <summary>
/// The values of ONNX's 8-bit and 4-bit floating-point types (ONNX IR, "float stored in 8 bits", "float4", OCP microscaling formats for E8M0).
/// FN types have no infinities; FNUZ types have neither infinities nor a negative zero, whose code means NaN.
/// </summary>
internal static class SmallFloats
{
    private static readonly Dictionary<OnnxElementType, float[]> Tables = new()
    {
        [OnnxElementType.Float8E4M3FN] = Of(256, code => (code & 0x7F) == 0x7F ? float.NaN : Value(code, 4, 3, 7)),
        [OnnxElementType.Float8E4M3FNUZ] = Of(256, code => code == 0x80 ? float.NaN : Value(code, 4, 3, 8)),
        [OnnxElementType.Float8E5M2] = Of(256, code => (code & 0x7F) switch
        {
            > 0x7C => float.NaN,
            0x7C => code == 0x7C ? float.PositiveInfinity : float.NegativeInfinity,
            _ => Value(code, 5, 2, 15),
        }),
        [OnnxElementType.Float8E5M2FNUZ] = Of(256, code => code == 0x80 ? float.NaN : Value(code, 5, 2, 16)),
        [OnnxElementType.Float8E8M0] = Of(256, code => code == 0xFF ? float.NaN : MathF.ScaleB(1, code - 127)),
        [OnnxElementType.Float4E2M1] = Of(16, code => Value(code, 2, 1, 1)),
    };

    /// <summary>The value of each code.</summary>
    public static ReadOnlySpan<float> Table(OnnxElementType type) => Tables[type];

    private static float[] Of(int codes, Func<int, float> value) => [.. Enumerable.Range(0, codes).Select(value)];

    private static float Value(int code, int exponentBits, int mantissaBits, int bias)
    {
        var mantissa = code & ((1 << mantissaBits) - 1);
        var exponent = (code >> mantissaBits) & ((1 << exponentBits) - 1);
        var magnitude = exponent == 0
            ? MathF.ScaleB(mantissa, 1 - bias - mantissaBits)
            : MathF.ScaleB(mantissa + (1 << mantissaBits), exponent - bias - mantissaBits);
        return code >> (exponentBits + mantissaBits) == 0 ? magnitude : -magnitude;
    }
}
