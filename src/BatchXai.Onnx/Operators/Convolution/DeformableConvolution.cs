using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// DeformConv in two spatial axes: every kernel element reads x at its own offset, bilinearly and zero outside, times an
/// optional mask. The reads are one grid sample, the rest is a matrix product. Follows DCNv2, https://arxiv.org/abs/1811.11168.
/// </summary>
internal static class DeformableConvolution
{
    public static Kernel Bind(OperatorContext context)
    {
        var window = new Window(context.Node);
        var (group, offsetGroup) = (context.Node.Int("group", 1), context.Node.Int("offset_group", 1));
        return inputs => [Run(inputs, window, group, offsetGroup)];
    }

    private static Tensor Run(Arguments inputs, Window window, long group, long offsetGroup)
    {
        var (x, weight, offset) = (inputs.Tensor(0), inputs.Tensor(1), inputs.Tensor(2));
        if (x.Dimensions != 4)
        {
            throw new InvalidOperationException($"a deformable convolution over {x.Dimensions - 2} spatial axes; only two are supported");
        }

        var (shape, filters) = (x.shape, weight.shape[0]);
        var placed = window.Place(inputs.Settings, shape, weight.shape);
        var (elements, places) = (HostTensor.Count(placed.Kernel), HostTensor.Count(placed.Output));
        using var grid = Grid(offset, placed, shape, offsetGroup, inputs.Settings);
        using var planes = x.reshape(shape[0] * offsetGroup, shape[1] / offsetGroup, shape[2], shape[3]);
        using var sampled = Precision.AtLeastSingle(planes, image => F.grid_sample(image, grid, torch.GridSampleMode.Bilinear, torch.GridSamplePaddingMode.Zeros, align_corners: false));
        using var mask = inputs.OptionalTensor(4)?.reshape(shape[0] * offsetGroup, 1, elements, places);
        using var masked = mask is null ? sampled.alias() : sampled.mul(mask);
        using var columns = masked.reshape(shape[0], group, shape[1] / group * elements, places);
        using var rows = weight.reshape(1, group, filters / group, -1);
        using var product = MatMul.Multiply(rows, columns);
        using var shaped = product.reshape([shape[0], filters, .. placed.Output]);
        using var bias = inputs.OptionalTensor(3)?.reshape(1, -1, 1, 1);
        return bias is null ? shaped.alias() : shaped.Plus(bias);
    }

    // Where each kernel element reads, as torch's grid: −1 and 1 are the outer edges of the border pixels; N·groups × elements × places × (x, y).
    private static Tensor Grid(Tensor offset, PlacedWindow window, long[] shape, long groups, ExecutionSettings settings)
    {
        var (elements, places) = (HostTensor.Count(window.Kernel), HostTensor.Count(window.Output));
        using var wide = Precision.AtLeastSingle(offset);
        using var moves = wide.reshape(shape[0] * groups, elements, 2, places);
        using var regular = Regular(window, settings);
        using var typed = Precision.To(regular, wide.dtype);
        using var at = moves.Plus(typed);
        using var y = Normalized(at, 0, shape[2]);
        using var x = Normalized(at, 1, shape[3]);
        return torch.stack([x, y], -1);
    }

    private static Tensor Normalized(Tensor positions, int axis, long size)
    {
        using var position = positions.select(2, axis);
        using var doubled = position.mul(Held(2.0 / size));
        return doubled.Plus(Held((1.0 / size) - 1));
    }

    private static Tensor Regular(PlacedWindow window, ExecutionSettings settings)
    {
        var (elements, places) = (HostTensor.Count(window.Kernel), HostTensor.Count(window.Output));
        var positions = new long[elements * 2 * places];
        for (var i = 0L; i < positions.Length; i++)
        {
            var (element, axis, place) = (i / places / 2, (int)(i / places % 2), i % places);
            var (step, at) = axis == 0 ? (element / window.Kernel[1], place / window.Output[1]) : (element % window.Kernel[1], place % window.Output[1]);
            positions[i] = (at * window.Strides[axis]) - window.Begin[axis] + (step * window.Dilations[axis]);
        }

        return new HostTensor(OnnxElementType.Int64, [1, elements, 2, places], positions).ToTorch(settings);
    }
}
