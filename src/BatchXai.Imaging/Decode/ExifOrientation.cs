namespace BatchXai.Imaging;

/// <summary>
/// Where an upright pixel (x, y) lies in the stored picture: index = <see cref="Origin"/> + x · <see cref="StepX"/> + y · <see cref="StepY"/>,
/// by the orientation tag of EXIF 2.3 (0x0112), which says where row 0 and column 0 of the stored picture belong.
/// </summary>
internal readonly record struct ExifOrientation(int Width, int Height, int Origin, int StepX, int StepY)
{
    /// <summary>The upright picture of a stored one of the given size; orientations outside 1 … 8 count as 1.</summary>
    public static ExifOrientation Of(int orientation, int storedWidth, int storedHeight)
    {
        var (w, h, last) = (storedWidth, storedHeight, (storedWidth * storedHeight) - 1);
        return orientation switch
        {
            2 => new(w, h, w - 1, -1, w),
            3 => new(w, h, last, -1, -w),
            4 => new(w, h, last - w + 1, 1, -w),
            5 => new(h, w, 0, w, 1),
            6 => new(h, w, last - w + 1, -w, 1),
            7 => new(h, w, last, -w, -1),
            8 => new(h, w, w - 1, w, -1),
            _ => new(w, h, 0, 1, w),
        };
    }
}
