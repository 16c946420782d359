namespace BatchXai.Attribution.Measures;

/// <summary>Moves of a mask around its own grid, out at one side and in at the other: its shape and area stay.</summary>
internal static class ToroidalShifts
{
    /// <summary>Distinct non-zero moves, spread evenly (the R₂ sequence of Roberts 2018); all there are on a small grid. Always the same.</summary>
    internal static List<(int Down, int Right)> Spread(int height, int width, int count)
    {
        // Inverse powers of the plastic number.
        const double downStep = .7548776662466927, rightStep = .5698402909980532;
        var wanted = Math.Min(count, (height * width) - 1);
        var shifts = new List<(int, int)>(wanted);
        var seen = new HashSet<(int, int)> { (0, 0) };
        for (var k = 1; shifts.Count < wanted; k++)
        {
            var shift = ((int)(height * (k * downStep % 1)), (int)(width * (k * rightStep % 1)));
            if (seen.Add(shift))
            {
                shifts.Add(shift);
            }
        }

        return shifts;
    }

    internal static void Shift(ReadOnlySpan<float> mask, int height, int width, int down, int right, Span<float> shifted)
    {
        for (var y = 0; y < height; y++)
        {
            var from = mask.Slice(y * width, width);
            var to = shifted.Slice((y + down) % height * width, width);
            from[..(width - right)].CopyTo(to[right..]);
            from[(width - right)..].CopyTo(to);
        }
    }
}
