namespace BatchXai.Imaging;

/// <summary>
/// One axis of an <see cref="ImageGeometry"/>: <paramref name="Source"/> pixels are resized to <paramref name="Resized"/>, of which the first lies at
/// position <paramref name="Start"/> of an input of <paramref name="Input"/> pixels; negative: cut off, positive: padded.
/// </summary>
internal readonly record struct AxisMapping(int Source, int Input, int Resized, int Start)
{
    /// <summary>Source pixels per input pixel.</summary>
    public double Scale => (double)Source / Resized;

    /// <summary>Source coordinate of input coordinate 0; coordinates run along pixel edges.</summary>
    public double Offset => -Start * Scale;

    /// <summary>First input pixel that shows the image.</summary>
    public int ContentStart => Math.Max(0, Start);

    /// <summary>Input pixel after the last that shows the image.</summary>
    public int ContentEnd => (int)Math.Min(Input, (long)Start + Resized);

    /// <summary>Length of the overlap of cell <paramref name="cell"/> of <paramref name="cells"/> equal cells over the input with the image, as a share of the cell.</summary>
    public double ContentShare(int cell, int cells)
    {
        var (from, to) = ((double)cell * Input / cells, (double)(cell + 1) * Input / cells);
        return Math.Max(0, Math.Min(to, ContentEnd) - Math.Max(from, ContentStart)) / (to - from);
    }
}
