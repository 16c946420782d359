using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Turns torch's positions of maxima, which count within one padded plane, into ONNX's, which count through the whole unpadded input.</summary>
internal static class MaxPoolIndices
{
    /// <param name="within">Positions within the padded plane; N×C×output.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="padded">Spatial sizes that <paramref name="within"/> counts in.</param>
    /// <param name="begin">Padding before each axis.</param>
    /// <param name="firstAxisFastest">Whether the first spatial axis counts fastest within a plane.</param>
    /// <param name="settings">Device.</param>
    public static Tensor OfInput(Tensor within, long[] shape, long[] padded, long[] begin, bool firstAxisFastest, ExecutionSettings settings)
    {
        var sizes = shape[2..];
        var position = Plane(within, shape, settings);
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            var inner = HostTensor.Count(padded[(axis + 1)..]);
            var weight = HostTensor.Count(firstAxisFastest ? sizes[..axis] : sizes[(axis + 1)..]);
            using var previous = position;
            using var outer = within.div(Held(inner), torch.RoundingMode.floor);
            using var at = outer.remainder(Held(padded[axis]));
            using var unpadded = at.sub(Held(begin[axis]));
            using var step = unpadded.mul(Held(weight));
            position = previous.Plus(step);
        }

        return position;
    }

    // The first index of each plane, N×C×1….
    private static Tensor Plane(Tensor within, long[] shape, ExecutionSettings settings)
    {
        using var planes = Arange(shape[0] * shape[1], settings.Device);
        using var first = planes.mul(Held(HostTensor.Count(shape[2..])));
        using var shaped = first.reshape([shape[0], shape[1], .. Enumerable.Repeat(1L, (int)within.Dimensions - 2)]);
        return shaped.expand(within.shape);
    }
}
