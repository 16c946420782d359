using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Pad: begin and end amounts an axis, as attribute (up to 10) or input (from 11; axes input from 18); negative amounts
/// crop. Reflect, edge and wrap gather positions, which works on every axis and amount, unlike torch's own modes.
/// </summary>
internal static class Pad
{
    public static Kernel Attributes(OperatorContext context)
    {
        var mode = Mode(context);
        var pads = context.Node.Ints("pads") ?? throw new NotSupportedException("no pads attribute");
        var value = context.Node.Float("value", 0);
        return inputs => [Run(inputs.Tensor(0), inputs.Settings, pads, value, mode)];
    }

    public static Kernel Inputs(OperatorContext context)
    {
        var mode = Mode(context);
        return inputs =>
        {
            var rank = inputs[0].Shape.Length;
            var pads = OnAllAxes(inputs.Ints(1), inputs.OptionalInts(3), rank);
            return [Run(inputs.Tensor(0), inputs.Settings, pads, inputs.Has(2) ? inputs.Scalar(2) : 0, mode)];
        };
    }

    private static string Mode(OperatorContext context)
    {
        var mode = context.Node.Text("mode", "constant");
        return mode is "constant" or "reflect" or "edge" or "wrap" ? mode : throw new NotSupportedException($"mode={mode}");
    }

    private static long[] OnAllAxes(long[] pads, long[]? axes, int rank)
    {
        if (axes is null)
        {
            return pads;
        }

        var full = new long[rank * 2];
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = Axes.Normalize(axes[i], rank);
            (full[axis], full[axis + rank]) = (pads[i], pads[i + axes.Length]);
        }

        return full;
    }

    private static Tensor Run(Tensor x, ExecutionSettings settings, long[] pads, double value, string mode)
    {
        var rank = (int)x.Dimensions;
        if (pads.Length != 2 * rank)
        {
            throw new InvalidOperationException($"{pads.Length} pads for a tensor of rank {rank}");
        }

        settings.Require([.. x.shape.Select((size, axis) => checked(size + pads[axis] + pads[axis + rank]))]);
        if (mode == "constant")
        {
            return F.pad(x, PlacedWindow.TorchPads(pads[..rank], pads[rank..]), value: value);
        }

        var result = x;
        for (var axis = 0; axis < rank; axis++)
        {
            if (pads[axis] == 0 && pads[axis + rank] == 0)
            {
                continue;
            }

            var previous = result;
            using var positions = HostTensor.Vector(Positions(x.shape[axis], pads[axis], pads[axis + rank], mode)).ToTorch(settings);
            result = previous.index_select(axis, positions);
            if (!ReferenceEquals(previous, x))
            {
                previous.Dispose();
            }
        }

        return result;
    }

    private static long[] Positions(long size, long begin, long end, string mode)
    {
        var positions = new long[size + begin + end];
        for (var i = 0L; i < positions.Length; i++)
        {
            positions[i] = mode switch
            {
                "edge" => Math.Clamp(i - begin, 0, size - 1),
                "wrap" => Modulo(i - begin, size),
                _ => Reflected(i - begin, size),
            };
        }

        return positions;
    }

    private static long Reflected(long position, long size)
    {
        if (size == 1)
        {
            return 0;
        }

        var within = Modulo(position, 2 * (size - 1));
        return within < size ? within : (2 * (size - 1)) - within;
    }

    private static long Modulo(long value, long divisor) => ((value % divisor) + divisor) % divisor;
}
