namespace BatchXai.Onnx.Operators;

/// <summary>
/// Bicubic reading of an image at positions of a grid: sixteen neighbours, each read by torch's nearest sampling, which
/// knows the padding, times the cubic convolution kernel with a = −0.75 (Keys 1981, doi:10.1109/TASSP.1981.1163711).
/// </summary>
internal static class CubicSample
{
    private const double A = -0.75;

    public static Tensor Of(Tensor x, Tensor grid, torch.GridSamplePaddingMode padding, bool corners)
    {
        if (x.Dimensions != 4)
        {
            throw new InvalidOperationException($"cubic sampling in {x.Dimensions - 2} spatial axes; only two are supported");
        }

        var (height, width) = (x.shape[2], x.shape[3]);
        using var column = Pixel(grid, 0, width, corners);
        using var row = Pixel(grid, 1, height, corners);
        using var left = column.floor();
        using var top = row.floor();
        var sum = torch.zeros([1], x.dtype, x.device);
        for (var dy = -1; dy <= 2; dy++)
        {
            using var weightY = Weight(row, top, dy);
            for (var dx = -1; dx <= 2; dx++)
            {
                using var previous = sum;
                using var weightX = Weight(column, left, dx);
                using var neighbour = Read(x, left, top, dx, dy, padding, corners);
                using var across = neighbour.mul(weightX);
                using var weighted = across.mul(weightY);
                sum = previous.Plus(weighted);
            }
        }

        return sum;
    }

    // Positions in pixels, N×height×width.
    private static Tensor Pixel(Tensor grid, int axis, long size, bool corners)
    {
        using var position = grid.select(3, axis);
        using var scaled = position.mul(Held((corners ? size - 1 : size) / 2.0));
        return scaled.Plus(Held((size - 1) / 2.0));
    }

    private static Tensor Read(Tensor x, Tensor left, Tensor top, int dx, int dy, torch.GridSamplePaddingMode padding, bool corners)
    {
        using var column = Position(left, dx, x.shape[3], corners);
        using var row = Position(top, dy, x.shape[2], corners);
        using var grid = torch.stack([column, row], -1);
        return F.grid_sample(x, grid, torch.GridSampleMode.Nearest, padding, corners);
    }

    // The inverse of Pixel, for whole pixels: no gradient, which flows through the weights.
    private static Tensor Position(Tensor pixel, int offset, long size, bool corners)
    {
        var half = (corners ? Math.Max(1, size - 1) : size) / 2.0;
        using var whole = pixel.detach();
        using var centred = whole.Plus(Held(offset - ((size - 1) / 2.0)));
        return centred.div(Held(half));
    }

    // The kernel at the distance of a neighbour, N×1×height×width.
    private static Tensor Weight(Tensor position, Tensor floor, int offset)
    {
        using var from = position.sub(floor);
        using var signed = from.sub(Held(offset));
        using var distance = signed.abs();
        using var planes = distance.unsqueeze(1);
        return offset is 0 or 1
            ? Polynomial(planes, A + 2, -(A + 3), 0, 1)
            : Polynomial(planes, A, -5 * A, 8 * A, -4 * A);
    }

    // a·d³ + b·d² + c·d + e.
    private static Tensor Polynomial(Tensor d, double a, double b, double c, double e)
    {
        using var cubic = d.mul(Held(a));
        using var withSquare = cubic.Plus(Held(b));
        using var square = withSquare.mul(d);
        using var withLinear = square.Plus(Held(c));
        using var linear = withLinear.mul(d);
        return linear.Plus(Held(e));
    }
}
