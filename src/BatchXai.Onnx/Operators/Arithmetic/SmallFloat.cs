using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Rounding to a floating-point type of 4 or 8 bits, whose values travel in a wider type. A table holds the values from
/// zero up; each meets the next at a border.
/// </summary>
internal sealed class SmallFloat
{
    private readonly double[] values;
    private readonly double[] borders;

    // What is beyond the last value becomes this; null where it becomes the last value.
    private readonly double? beyond;
    private readonly bool signed;

    // What is no number becomes this: four bits have no NaN, so that the official conversion gives −0.
    private double NoNumber { get; init; } = double.NaN;

    private SmallFloat(double[] values, double[] borders, double? beyond, bool signed)
        => (this.values, this.borders, this.beyond, this.signed) = (values, borders, beyond, signed);

    /// <summary>The smallest and the largest value.</summary>
    public (double Low, double High) Range => (signed ? -values[^1] : values[0], values[^1]);

    /// <summary>The rounding to a type as a node asks for it; null for all other types.</summary>
    public static SmallFloat? Of(OnnxElementType type, OnnxNode node)
        => Of(type, node.Int("saturate", 1) != 0, node.Text("round_mode", "up"));

    /// <summary>The rounding to a type; null for all other types.</summary>
    /// <param name="type">The type.</param>
    /// <param name="saturate">Whether what is beyond the largest value becomes that value.</param>
    /// <param name="powers">Which way numbers between two powers of two go, where the type has nothing else.</param>
    public static SmallFloat? Of(OnnxElementType type, bool saturate, string powers = "up") => type switch
    {
        OnnxElementType.Float8E4M3FN => Rounded(Values(type), saturate ? null : double.NaN),
        OnnxElementType.Float8E4M3FNUZ => Rounded(Values(type), saturate ? null : double.NaN),
        OnnxElementType.Float8E5M2 => Rounded(Values(type), saturate ? null : double.PositiveInfinity),
        OnnxElementType.Float8E5M2FNUZ => Rounded(Values(type), saturate ? null : double.NaN),
        OnnxElementType.Float4E2M1 => Rounded(Values(type), null, noNumber: -0.0),
        OnnxElementType.Float8E8M0 => Powers(powers, saturate ? null : double.NaN),
        _ => null,
    };

    /// <summary>The nearest values. The backward pass gets the derivative of the identity.</summary>
    public Tensor Round(Tensor x, torch.ScalarType carrier)
    {
        using var rounded = Nearest(x);
        if (!x.requires_grad)
        {
            return rounded.to(carrier, copy: true);
        }

        using var constant = x.detach();
        using var difference = x.sub(constant);
        using var zero = difference.nan_to_num();
        using var passing = zero.to(carrier);
        using var result = rounded.to(carrier);
        return result.Plus(passing);
    }

    /// <summary>The nearest values in double precision, without a gradient.</summary>
    public Tensor Nearest(Tensor x)
    {
        using var noGrad = torch.no_grad();
        using var wide = x.to(torch.ScalarType.Float64);
        using var size = signed ? wide.abs() : wide.alias();
        using var table = torch.tensor([.. values, beyond ?? values[^1]], device: x.device);
        using var ends = torch.tensor(borders, device: x.device);
        using var places = torch.bucketize(size, ends);
        using var flatPlaces = places.reshape(-1);
        using var flat = table.index_select(0, flatPlaces);
        using var found = flat.reshape(x.shape);
        using var invalid = signed ? size.isnan() : Negative(size);
        using var known = found.masked_fill(invalid, Held(NoNumber));
        using var below = wide.lt(Held(0));
        using var mirrored = known.neg();
        return torch.where(below, mirrored, known);
    }

    private static SmallFloat Rounded(double[] values, double? beyond, double noNumber = double.NaN)
    {
        // A tie goes to the value with the even code, which is its index.
        var borders = new double[values.Length];
        for (var i = 0; i < borders.Length; i++)
        {
            var next = i + 1 < values.Length ? values[i + 1] : values[i] + (values[i] - values[i - 1]);
            var middle = (values[i] + next) / 2;
            borders[i] = i % 2 == 0 ? middle : Math.BitDecrement(middle);
        }

        return new SmallFloat(values, borders, beyond, signed: true) { NoNumber = noNumber };
    }

    // Codes count upwards from zero: subnormals, then one power of two after another, up to what is no finite number.
    private static double[] Values(OnnxElementType type)
        => [.. SmallFloats.Table(type).ToArray().TakeWhile(value => float.IsFinite(value) && !float.IsNegative(value)).Select(value => (double)value)];

    private static SmallFloat Powers(string roundMode, double? beyond)
    {
        var values = Values(OnnxElementType.Float8E8M0);
        var borders = Array.ConvertAll(values, value => roundMode switch
        {
            "up" => value,
            "down" => Math.BitDecrement(2 * value),
            "nearest" => Math.BitDecrement(1.5 * value),
            _ => throw new NotSupportedException($"round_mode={roundMode}"),
        });
        return new SmallFloat(values, borders, beyond, signed: false);
    }

    // Powers of two have no sign.
    private static Tensor Negative(Tensor x)
    {
        using var atLeastZero = x.ge(Held(0));
        return atLeastZero.logical_not();
    }
}
