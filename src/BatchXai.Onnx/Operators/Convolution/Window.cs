using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>The sliding-window attributes that convolution and pooling share.</summary>
internal sealed record Window
{
    private readonly long[]? kernel;
    private readonly long[]? strides;
    private readonly long[]? dilations;
    private readonly long[]? pads;
    private readonly string autoPad;

    public Window(OnnxNode node)
    {
        kernel = node.Ints("kernel_shape");
        strides = node.Ints("strides");
        dilations = node.Ints("dilations");
        pads = node.Ints("pads");
        autoPad = node.Text("auto_pad", "NOTSET");
        CeilMode = node.Int("ceil_mode", 0) != 0;
        if (autoPad is not ("NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER" or ""))
        {
            throw new NotSupportedException($"auto_pad={autoPad}");
        }
    }

    public bool CeilMode { get; }

    /// <summary>Resolves the window for an input of this shape.</summary>
    /// <param name="settings">The budget for the padded input and the result.</param>
    /// <param name="input">N×C×spatial sizes.</param>
    /// <param name="weight">M×C/group×kernel sizes, for convolution.</param>
    public PlacedWindow Place(ExecutionSettings settings, long[] input, long[]? weight = null)
    {
        var sizes = input[2..];
        var placed = Unplaced(sizes.Length, weight);
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            PlaceAxis(placed, axis, sizes[axis]);
            var padded = sizes[axis] + placed.Begin[axis] + placed.End[axis];
            if (placed.Output[axis] < 1)
            {
                throw new InvalidOperationException($"a window that covers {placed.Reach(axis)} elements on an axis of {padded}");
            }

            // Beyond the input, more is the same; libraries below fail on large numbers.
            placed.Strides[axis] = Math.Min(placed.Strides[axis], Math.Max(1, padded));
            placed.Dilations[axis] = placed.Kernel[axis] == 1 ? 1 : placed.Dilations[axis];
        }

        settings.Require([.. input[..2], .. placed.EndForOutput(sizes).Select((end, axis) => Math.Max(end, placed.End[axis]) + sizes[axis] + placed.Begin[axis])]);
        settings.Require([input[0], weight?[0] ?? input[1], .. placed.Output]);
        return placed;
    }

    /// <summary>Resolves the window of a transposed convolution: padding is what is cropped from the whole result.</summary>
    /// <param name="settings">The budget for the result.</param>
    /// <param name="input">N×C×spatial sizes.</param>
    /// <param name="weight">C×M/group×kernel sizes; null for unpooling.</param>
    /// <param name="outputPadding">Elements added at the end of each axis.</param>
    /// <param name="outputShape">Spatial sizes of the result, from which padding then follows; leading axes may be listed too.</param>
    public PlacedWindow PlaceTransposed(ExecutionSettings settings, long[] input, long[]? weight, long[]? outputPadding, long[]? outputShape)
    {
        var sizes = input[2..];
        var placed = Unplaced(sizes.Length, weight);
        var wholes = new long[sizes.Length];
        var same = autoPad.StartsWith("SAME", StringComparison.Ordinal);
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            placed.Strides[axis] = sizes[axis] == 1 ? 1 : placed.Strides[axis];
            placed.Dilations[axis] = placed.Kernel[axis] == 1 ? 1 : placed.Dilations[axis];
            var whole = wholes[axis] = (placed.Strides[axis] * (sizes[axis] - 1)) + placed.Reach(axis) + (outputPadding?[axis] ?? 0);
            if (outputShape is not null || same)
            {
                var wanted = outputShape is null ? sizes[axis] * placed.Strides[axis] : outputShape[^(sizes.Length - axis)];
                var total = whole - wanted;
                placed.Begin[axis] = total <= 0 ? 0 : autoPad == "SAME_UPPER" ? total / 2 : total - (total / 2);
                placed.End[axis] = total - placed.Begin[axis];
            }
            else if (autoPad != "VALID" && pads is not null)
            {
                (placed.Begin[axis], placed.End[axis]) = (pads[axis], pads[axis + sizes.Length]);
            }

            placed.Output[axis] = whole - placed.Begin[axis] - placed.End[axis];
        }

        var channels = weight is null ? input[1] : checked(weight[1] * input[1]);
        settings.Require([input[0], channels, .. wholes]);
        settings.Require([input[0], channels, .. placed.Output]);
        return placed;
    }

    private PlacedWindow Unplaced(int rank, long[]? weight)
    {
        var placed = new PlacedWindow(
            kernel ?? weight?[2..] ?? throw new InvalidOperationException("kernel_shape is missing"),
            [.. strides ?? Ones(rank)],
            [.. dilations ?? Ones(rank)],
            new long[rank],
            new long[rank],
            new long[rank]);
        if (placed.Kernel.Length != rank || placed.Strides.Length != rank || placed.Dilations.Length != rank || (pads is not null && pads.Length != 2 * rank))
        {
            throw new InvalidOperationException($"kernel_shape, strides, dilations or pads do not fit {rank} spatial axes");
        }

        if (placed.Kernel.Concat(placed.Strides).Concat(placed.Dilations).Any(size => size is < 1 or > int.MaxValue) || (pads ?? []).Any(pad => pad is < int.MinValue or > int.MaxValue))
        {
            throw new InvalidOperationException("kernel_shape, strides, dilations or pads are out of range");
        }

        return placed;
    }

    private void PlaceAxis(PlacedWindow placed, int axis, long size)
    {
        var (stride, reach) = (placed.Strides[axis], placed.Reach(axis));
        if (autoPad.StartsWith("SAME", StringComparison.Ordinal))
        {
            placed.Output[axis] = (size + stride - 1) / stride;
            var total = Math.Max(0, ((placed.Output[axis] - 1) * stride) + reach - size);
            placed.Begin[axis] = autoPad == "SAME_UPPER" ? total / 2 : (total + 1) / 2;
            placed.End[axis] = total - placed.Begin[axis];
            return;
        }

        if (autoPad != "VALID" && pads is not null)
        {
            (placed.Begin[axis], placed.End[axis]) = (pads[axis], pads[axis + placed.Kernel.Length]);
        }

        var room = size + placed.Begin[axis] + placed.End[axis] - reach;
        var steps = CeilMode ? (room + stride - 1) / stride : room / stride;
        placed.Output[axis] = steps + 1;

        // With ceil_mode, a window that would start in the end padding is dropped.
        if (CeilMode && (placed.Output[axis] - 1) * stride >= size + placed.Begin[axis])
        {
            placed.Output[axis]--;
        }
    }

    private static long[] Ones(int count)
    {
        var ones = new long[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
