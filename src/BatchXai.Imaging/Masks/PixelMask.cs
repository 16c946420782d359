namespace BatchXai.Imaging;

/// <summary>Which pixels of a picture belong to the object. Immutable.</summary>
public sealed class PixelMask
{
    private readonly byte[] _pixels;

    /// <summary>Copies a mask from memory.</summary>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <param name="pixels">Row by row, height × width; object where not 0.</param>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public PixelMask(int width, int height, ReadOnlySpan<byte> pixels)
        : this(width, height, Binary(pixels))
    {
    }

    private PixelMask(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.LongLength != (long)width * height)
        {
            throw new ArgumentException($"{pixels.LongLength} pixels for a mask of {width} × {height}", nameof(pixels));
        }

        (Width, Height, _pixels) = (width, height, pixels);
        ObjectPixels = pixels.Length - pixels.AsSpan().Count((byte)0);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Number of object pixels; 0: the mask is empty.</summary>
    public int ObjectPixels { get; }

    /// <summary>Row by row, <see cref="Height"/> × <see cref="Width"/>: 1 object, 0 background.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>
    /// Reads a mask file: a pixel is object when any of its colour channels is not zero and it is not wholly transparent; a palette counts by its colours,
    /// 16-bit files with all their bits. The file's own EXIF orientation is applied.
    /// </summary>
    /// <param name="bytes">The whole file: PNG, BMP or lossless WebP.</param>
    /// <param name="limits">Budgets; null: the defaults.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ImageRefusedException">As <see cref="ImageDecoder.Decode"/>; also a lossy file, whose background is not exactly zero.</exception>
    public static PixelMask Decode(ReadOnlyMemory<byte> bytes, ImageLimits? limits = null) => MaskDecoder.Decode(bytes.Span, limits ?? new());

    /// <summary>The union of boxes: pixels whose centres lie in one, and at least one pixel for a box that meets the image.</summary>
    /// <param name="width">Width in pixels, ≥ 1.</param>
    /// <param name="height">Height in pixels, ≥ 1.</param>
    /// <param name="boxes">Edges in pixels; parts outside the image are cut off.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentException">A box without area, or with an edge that is not finite.</exception>
    public static PixelMask FromBoxes(int width, int height, IEnumerable<(double Left, double Top, double Right, double Bottom)> boxes)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var pixels = new byte[checked(width * height)];
        foreach (var box in boxes)
        {
            if (!(box.Right > box.Left && box.Bottom > box.Top) || !double.IsFinite(box.Right - box.Left) || !double.IsFinite(box.Bottom - box.Top))
            {
                throw new ArgumentException($"box {box}: right must be greater than left, bottom greater than top, all finite", nameof(boxes));
            }

            var (left, right) = Covered(box.Left, box.Right, width);
            var (top, bottom) = Covered(box.Top, box.Bottom, height);
            for (var y = top; y < bottom; y++)
            {
                pixels.AsSpan((y * width) + left, right - left).Fill(1);
            }
        }

        return new(width, height, pixels);
    }

    /// <summary>
    /// The mask over an upright image: itself when the sizes agree; turned with the image when it was drawn on the stored pixels of a turned
    /// photograph; null when it is of another size.
    /// </summary>
    public PixelMask? FitTo(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return (Width, Height) == (image.Width, image.Height) ? this
            : image.Turned && (Width, Height) == (image.Height, image.Width) ? Orient(image.Orientation)
            : null;
    }

    /// <summary>The mask of an upright picture from one that was drawn on the picture as stored.</summary>
    /// <param name="exifOrientation">EXIF orientation of the picture, 1 … 8; others count as 1.</param>
    /// <returns>The upright mask.</returns>
    public PixelMask Orient(int exifOrientation)
    {
        if (exifOrientation is <= 1 or > 8)
        {
            return this;
        }

        var upright = ExifOrientation.Of(exifOrientation, Width, Height);
        var pixels = new byte[_pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (y, x) = Math.DivRem(i, upright.Width);
            pixels[i] = _pixels[upright.Origin + (x * upright.StepX) + (y * upright.StepY)];
        }

        return new(upright.Width, upright.Height, pixels);
    }

    /// <summary>
    /// The soft mask on a grid over the model's input: the share of each cell that is object, by exact area, padding counting as background. Averaging
    /// it over blocks of cells gives the mask on the coarser grid.
    /// </summary>
    /// <param name="geometry">Where the picture lies in the input; made for the mask's size.</param>
    /// <param name="gridHeight">Rows of the grid, ≥ 1.</param>
    /// <param name="gridWidth">Columns of the grid, ≥ 1.</param>
    /// <returns>Row by row, 0 … 1.</returns>
    /// <exception cref="ArgumentException">Sizes do not match.</exception>
    public float[] Project(ImageGeometry geometry, int gridHeight, int gridWidth)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentOutOfRangeException.ThrowIfLessThan(gridHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(gridWidth, 1);
        if ((Width, Height) != (geometry.SourceWidth, geometry.SourceHeight))
        {
            throw new ArgumentException($"a mask of {Width} × {Height} with a geometry for {geometry.SourceWidth} × {geometry.SourceHeight}", nameof(geometry));
        }

        return MaskProjection.Project(_pixels, Width, CellRange.Grid(geometry.X, gridWidth), CellRange.Grid(geometry.Y, gridHeight));
    }

    /// <summary>A mask that keeps the array, of zeros and ones.</summary>
    internal static PixelMask Owning(int width, int height, byte[] pixels) => new(width, height, pixels);

    private static byte[] Binary(ReadOnlySpan<byte> pixels)
    {
        var binary = new byte[pixels.Length];
        for (var i = 0; i < binary.Length; i++)
        {
            binary[i] = pixels[i] == 0 ? (byte)0 : (byte)1;
        }

        return binary;
    }

    // Pixel i has its centre at i + ½: the first inside is ⌈from − ½⌉, the first beyond ⌈to − ½⌉.
    private static (int From, int To) Covered(double from, double to, int length)
    {
        if (to <= 0 || from >= length)
        {
            return (0, 0);
        }

        var first = (int)Math.Clamp(Math.Ceiling(from - 0.5), 0, length - 1);
        var beyond = (int)Math.Clamp(Math.Ceiling(to - 0.5), 0, length);
        return (first, Math.Max(beyond, first + 1));
    }
}
