namespace BatchXai.Attribution.Measures;

/// <summary>
/// Attention-IoU (Serianni et al. 2025) of a map with the object and with the background: Σ A·M / Σ ((A + M)/2)², A = a⁺/Σa⁺ and M the mask, or its complement,
/// divided by its sum. 1 when both have the same shape, 0 when they never meet. A uniform map gives 4p/(1 + 3p) with a mask of whole cells and area p.
/// </summary>
internal readonly record struct AttentionIou(double Object, double Background)
{
    /// <summary>Of a map with positive mass and a mask that is neither empty nor full.</summary>
    internal static AttentionIou Of(ReadOnlySpan<float> map, ReadOnlySpan<float> mask, double mass)
    {
        double squares = 0, inside = 0, size = 0, sizeSquares = 0;
        for (var i = 0; i < map.Length; i++)
        {
            var (attention, share) = (Math.Max(map[i], 0) / mass, (double)mask[i]);
            squares += attention * attention;
            inside += attention * share;
            size += share;
            sizeSquares += share * share;
        }

        var rest = map.Length - size;
        return new(
            Of(squares, inside / size, sizeSquares / (size * size)),
            Of(squares, (1 - inside) / rest, (map.Length - (2 * size) + sizeSquares) / (rest * rest)));
    }

    // Rounding may leave the meeting of a map that lies wholly on the other side a hair below 0.
    private static double Of(double squares, double meeting, double maskSquares) =>
        Math.Max(0, 4 * meeting / (squares + (2 * meeting) + maskSquares));
}
