namespace BatchXai.Attribution.Measures;

/// <summary>Shares of a⁺ in the fixed zones of the view, each 0 … 1; a uniform map gives their areas.</summary>
/// <param name="Centre">Central box of half the area.</param>
/// <param name="Border">Outer ring, a tenth of the side wide: .36 of the area.</param>
/// <param name="TopLeft">Corner square, a fifth of the side wide: .04 of the area, as the other three.</param>
/// <param name="TopRight">Corner square.</param>
/// <param name="BottomLeft">Corner square.</param>
/// <param name="BottomRight">Corner square.</param>
internal readonly record struct ZoneShares(double Centre, double Border, double TopLeft, double TopRight, double BottomLeft, double BottomRight)
{
    /// <summary>The four corner squares together: .16 of the area.</summary>
    internal double Corner => TopLeft + TopRight + BottomLeft + BottomRight;
}
