using BatchXai.Onnx.Torch;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Causal;

/// <summary>
/// Harmonic inpainting: in a hole every pixel is the mean of its four neighbours, the image's edge lets nothing through, and all other pixels stay. Solved by multigrid (Briggs,
/// Henson and McCormick 2000): damped Jacobi sweeps take out the fine errors, coarser grids the smooth ones. The number of steps is fixed, so that an image is filled alike in any batch.
/// </summary>
internal static class DiffusionFill
{
    private const int Cycles = 5;
    private const int Sweeps = 2;
    private const int CoarsestSweeps = 24;
    private const int CoarsestSide = 4;
    private const double Damping = .8;

    /// <summary>Images n×C×H×W in which what is not known was replaced.</summary>
    /// <param name="images">Images n×C×H×W.</param>
    /// <param name="known">1 where a pixel is background, 0 where it is to be filled, n×1×H×W; each image has a 1.</param>
    internal static torch.Tensor Fill(torch.Tensor images, torch.Tensor known)
    {
        using var scope = torch.NewDisposeScope();
        var (height, width) = (images.shape[2], images.shape[3]);
        var levels = Math.Max(0, (int)Math.Log2(Math.Min(height, width) / (double)CoarsestSide));
        var (field, seen) = (Even(images, 1L << levels), Even(known, 1L << levels));
        List<torch.Tensor> holes = [seen.neg().Plus(Held(1))];
        for (var level = 0; level < levels; level++)
        {
            // Only what is hole all through: a coarse correction must not touch what is known.
            holes.Add(Halve(holes[^1]).gt(Held(.999)).to(torch.ScalarType.Float32));
        }

        field = PyramidGuess.Of(field, seen, levels);
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            Improve(field, holes, 0, null);
        }

        return torch.where(known.gt(Held(0)), images, field.narrow(2, 0, height).narrow(3, 0, width)).MoveToOuterDisposeScope();
    }

    internal static torch.Tensor Halve(torch.Tensor field) => torch.nn.functional.avg_pool2d(field, 2);

    internal static torch.Tensor Double(torch.Tensor field) =>
        torch.nn.functional.interpolate(field, size: [2 * field.shape[2], 2 * field.shape[3]], mode: torch.InterpolationMode.Bilinear, align_corners: false);

    /// <summary>One V-cycle, in place: in the hole of the level, Σ neighbours − 4·field + source goes towards 0.</summary>
    private static void Improve(torch.Tensor field, List<torch.Tensor> holes, int level, torch.Tensor? source)
    {
        using var scope = torch.NewDisposeScope();
        var isCoarsest = level == holes.Count - 1;
        Smooth(field, holes[level], source, isCoarsest ? CoarsestSweeps : Sweeps);
        if (isCoarsest)
        {
            return;
        }

        // A cell of the coarser grid is twice as wide: the same curvature is four times the difference there.
        var rest = Halve(Residual(field, source).mul_(holes[level])).mul_(Held(4));
        var correction = torch.zeros_like(rest);
        Improve(correction, holes, level + 1, rest);
        field.add_(Double(correction).mul_(holes[level]), Held(1));
        Smooth(field, holes[level], source, Sweeps);
    }

    private static void Smooth(torch.Tensor field, torch.Tensor hole, torch.Tensor? source, int sweeps)
    {
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            using var scope = torch.NewDisposeScope();
            field.add_(Residual(field, source).mul_(hole), Held(Damping / 4));
        }
    }

    private static torch.Tensor Residual(torch.Tensor field, torch.Tensor? source)
    {
        var (height, width) = (field.shape[2], field.shape[3]);
        var framed = torch.nn.functional.pad(field, [1, 1, 1, 1], PaddingModes.Replicate);
        var (rows, columns) = (framed.narrow(3, 1, width), framed.narrow(2, 1, height));
        var sum = rows.narrow(2, 0, height).add(rows.narrow(2, 2, height), Held(1));
        sum.add_(columns.narrow(3, 0, width), Held(1)).add_(columns.narrow(3, 2, width), Held(1)).add_(field, Held(-4));
        return source is null ? sum : sum.add_(source, Held(1));
    }

    /// <summary>Grows to sides that halve without a rest, by repeating the last row and column.</summary>
    private static torch.Tensor Even(torch.Tensor field, long multiple)
    {
        var (down, right) = (Missing(field.shape[2]), Missing(field.shape[3]));
        return down + right == 0 ? field : torch.nn.functional.pad(field, [0, right, 0, down], PaddingModes.Replicate);

        long Missing(long side) => (multiple - (side % multiple)) % multiple;
    }
}
