namespace BatchXai.Imaging;

/// <summary>
/// How a picture comes to lie in a model's input: one axis-aligned transform, used alike for image, mask and zones. Immutable.
/// Coordinates are continuous and run along pixel edges: pixel i covers [i, i + 1]. On each axis source = input · scale + offset.
/// </summary>
public sealed class ImageGeometry
{
    private readonly AxisMapping _x;
    private readonly AxisMapping _y;
    private readonly Lazy<AxisWeights> _columns;
    private readonly Lazy<AxisWeights> _rows;

    private ImageGeometry(AxisMapping x, AxisMapping y)
    {
        (_x, _y) = (x, y);
        _columns = new(() => AxisWeights.Of(x));
        _rows = new(() => AxisWeights.Of(y));
    }

    /// <summary>Width of the upright picture in pixels.</summary>
    public int SourceWidth => _x.Source;

    /// <summary>Height of the upright picture in pixels.</summary>
    public int SourceHeight => _y.Source;

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth => _x.Input;

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight => _y.Input;

    /// <summary>Source pixels per input pixel, horizontally.</summary>
    public double ScaleX => _x.Scale;

    /// <summary>Source pixels per input pixel, vertically.</summary>
    public double ScaleY => _y.Scale;

    /// <summary>Source column of the input's left edge; negative where the input starts with padding.</summary>
    public double OffsetX => _x.Offset;

    /// <summary>Source row of the input's top edge; negative where the input starts with padding.</summary>
    public double OffsetY => _y.Offset;

    /// <summary>The part of the input that shows the picture; the rest is padding.</summary>
    public PixelRect Content => new(_x.ContentStart, _y.ContentStart, _x.ContentEnd - _x.ContentStart, _y.ContentEnd - _y.ContentStart);

    /// <summary>Whether a part of the input is padding.</summary>
    public bool HasPadding => Content != new PixelRect(0, 0, InputWidth, InputHeight);

    internal AxisMapping X => _x;

    internal AxisMapping Y => _y;

    internal AxisWeights Columns => _columns.Value;

    internal AxisWeights Rows => _rows.Value;

    /// <summary>
    /// Resizes the shorter side, keeps the aspect ratio and cuts out the centre, with the rounding of torchvision's Resize and CenterCrop.
    /// A crop larger than the resized picture pads it evenly.
    /// </summary>
    /// <param name="sourceWidth">Width of the upright picture, ≥ 1.</param>
    /// <param name="sourceHeight">Height of the upright picture, ≥ 1.</param>
    /// <param name="inputWidth">Width of the input, ≥ 1.</param>
    /// <param name="inputHeight">Height of the input, ≥ 1.</param>
    /// <param name="resizeShorter">Shorter side after resizing, ≥ 1; null: the longer input side / 0.875, rounded.</param>
    /// <returns>The geometry.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public static ImageGeometry CenterCrop(int sourceWidth, int sourceHeight, int inputWidth, int inputHeight, int? resizeShorter = null)
    {
        CheckSizes(sourceWidth, sourceHeight, inputWidth, inputHeight);
        var shorter = resizeShorter ?? (int)Math.Round(Math.Max(inputWidth, inputHeight) / 0.875);
        ArgumentOutOfRangeException.ThrowIfLessThan(shorter, 1, nameof(resizeShorter));
        var shortest = Math.Min(sourceWidth, sourceHeight);
        return new(Cropped(sourceWidth), Cropped(sourceHeight, vertical: true));

        AxisMapping Cropped(int source, bool vertical = false)
        {
            var input = vertical ? inputHeight : inputWidth;
            var resized = checked((int)((long)shorter * source / shortest));
            var start = resized < input ? (input - resized) / 2 : -(int)Math.Round((resized - input) / 2.0);
            return new(source, input, resized, start);
        }
    }

    /// <summary>Resizes the whole picture to the input, ignoring its aspect ratio.</summary>
    /// <param name="sourceWidth">Width of the upright picture, ≥ 1.</param>
    /// <param name="sourceHeight">Height of the upright picture, ≥ 1.</param>
    /// <param name="inputWidth">Width of the input, ≥ 1.</param>
    /// <param name="inputHeight">Height of the input, ≥ 1.</param>
    /// <returns>The geometry.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public static ImageGeometry Squash(int sourceWidth, int sourceHeight, int inputWidth, int inputHeight)
    {
        CheckSizes(sourceWidth, sourceHeight, inputWidth, inputHeight);
        return new(new(sourceWidth, inputWidth, inputWidth, 0), new(sourceHeight, inputHeight, inputHeight, 0));
    }

    /// <summary>Resizes the picture to fit into the input, keeps the aspect ratio and pads the rest evenly; an odd pixel goes to the right or bottom.</summary>
    /// <param name="sourceWidth">Width of the upright picture, ≥ 1.</param>
    /// <param name="sourceHeight">Height of the upright picture, ≥ 1.</param>
    /// <param name="inputWidth">Width of the input, ≥ 1.</param>
    /// <param name="inputHeight">Height of the input, ≥ 1.</param>
    /// <returns>The geometry.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    public static ImageGeometry Letterbox(int sourceWidth, int sourceHeight, int inputWidth, int inputHeight)
    {
        CheckSizes(sourceWidth, sourceHeight, inputWidth, inputHeight);
        var ratio = Math.Min((double)inputWidth / sourceWidth, (double)inputHeight / sourceHeight);
        return new(Boxed(sourceWidth, inputWidth), Boxed(sourceHeight, inputHeight));

        AxisMapping Boxed(int source, int input)
        {
            var resized = Math.Clamp((int)Math.Round(source * ratio), 1, input);
            return new(source, input, resized, (input - resized) / 2);
        }
    }

    /// <summary>The share of each cell of a grid over the input that a box covers, by exact area.</summary>
    /// <param name="left">Left edge in pixels of the upright picture; what lies beside the picture does not count.</param>
    /// <param name="top">Top edge.</param>
    /// <param name="right">Right edge.</param>
    /// <param name="bottom">Bottom edge.</param>
    /// <param name="gridHeight">Rows of the grid, ≥ 1.</param>
    /// <param name="gridWidth">Columns of the grid, ≥ 1.</param>
    /// <returns>Row by row, 0 … 1.</returns>
    public float[] BoxCoverage(double left, double top, double right, double bottom, int gridHeight, int gridWidth)
    {
        var columns = CellRange.Grid(_x, gridWidth);
        var coverage = new float[gridHeight * gridWidth];
        foreach (var (y, row) in CellRange.Grid(_y, gridHeight).Index())
        {
            var down = row.ShareWithin(top, bottom);
            foreach (var (x, column) in columns.Index())
            {
                coverage[(y * gridWidth) + x] = (float)(down * column.ShareWithin(left, right));
            }
        }

        return coverage;
    }

    /// <summary>The share of each cell of a grid over the input that is padding.</summary>
    /// <param name="gridHeight">Rows of the grid, ≥ 1.</param>
    /// <param name="gridWidth">Columns of the grid, ≥ 1.</param>
    /// <returns>Row by row, 0 … 1; null when nothing is padding.</returns>
    public float[]? PaddingCoverage(int gridHeight, int gridWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gridHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(gridWidth, 1);
        if (!HasPadding)
        {
            return null;
        }

        var coverage = new float[gridHeight * gridWidth];
        for (var i = 0; i < coverage.Length; i++)
        {
            coverage[i] = (float)(1 - (_y.ContentShare(i / gridWidth, gridHeight) * _x.ContentShare(i % gridWidth, gridWidth)));
        }

        return coverage;
    }

    private static void CheckSizes(int sourceWidth, int sourceHeight, int inputWidth, int inputHeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputHeight, 1);
    }
}
