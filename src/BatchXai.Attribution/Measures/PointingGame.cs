using System.Numerics;

namespace BatchXai.Attribution.Measures;

/// <summary>
/// Pointing game (Zhang et al. 2018): does the map's maximum hit the object, within a tolerance? The usual 15 pixels of a 224 pixel image
/// are taken as a fixed share of the side, so that the figure does not depend on the resolution. Tied maxima get fractional credit.
/// </summary>
internal static class PointingGame
{
    /// <summary>Tolerance in units of the image side; a cell is accepted when it is strictly nearer.</summary>
    internal const double Tolerance = 15.0 / 224;

    /// <summary>
    /// Cells whose centre is nearer than the tolerance to the centre of an object cell (m ≥ .5, or m &gt; 0 if no cell reaches .5).
    /// Distances are measured in units of the own side on each axis.
    /// </summary>
    internal static bool[] Dilate(ReadOnlySpan<float> mask, int height, int width)
    {
        var gaps = ColumnGaps(mask, height, width);
        var reach = Reach(height, width);
        var near = new ushort[mask.Length];
        for (var y = 0; y < height; y++)
        {
            for (var other = Math.Max(0, y - reach.Length + 1); other < Math.Min(height, y + reach.Length); other++)
            {
                Accept(gaps.AsSpan(other * width, width), reach[Math.Abs(other - y)], near.AsSpan(y * width, width));
            }
        }

        return Array.ConvertAll(near, value => value != 0);
    }

    /// <summary>Share of the cells that are set: the chance level.</summary>
    internal static double Area(ReadOnlySpan<bool> dilated) => (double)dilated.Count(true) / dilated.Length;

    /// <summary>Share of the cells at the map's maximum that lie inside.</summary>
    internal static double Hit(ReadOnlySpan<float> map, ReadOnlySpan<bool> dilated, float maximum)
    {
        int maxima = 0, hits = 0;
        for (var i = 0; i < map.Length; i++)
        {
            if (map[i] == maximum)
            {
                maxima++;
                hits += dilated[i] ? 1 : 0;
            }
        }

        return (double)hits / maxima;
    }

    /// <summary>Sets what is near where a gap is within the limit, many cells at a time.</summary>
    private static void Accept(ReadOnlySpan<ushort> gaps, ushort limit, Span<ushort> near)
    {
        var x = 0;
        for (var limits = new Vector<ushort>(limit); x <= gaps.Length - Vector<ushort>.Count; x += Vector<ushort>.Count)
        {
            (new Vector<ushort>(near[x..]) | Vector.LessThanOrEqual(new Vector<ushort>(gaps[x..]), limits)).CopyTo(near[x..]);
        }

        for (; x < gaps.Length; x++)
        {
            near[x] |= gaps[x] <= limit ? ushort.MaxValue : (ushort)0;
        }
    }

    /// <summary>For each cell the number of columns to the nearest object cell of its own row, at most 65,535.</summary>
    private static ushort[] ColumnGaps(ReadOnlySpan<float> mask, int height, int width)
    {
        var reaches = false;
        foreach (var value in mask)
        {
            reaches |= value >= .5f;
        }

        var least = reaches ? .5f : float.Epsilon;
        var gaps = new ushort[mask.Length];
        for (var y = 0; y < height; y++)
        {
            var row = mask.Slice(y * width, width);
            var gap = gaps.AsSpan(y * width, width);
            var distance = (int)ushort.MaxValue;
            for (var x = 0; x < width; x++)
            {
                gap[x] = (ushort)(distance = row[x] >= least ? 0 : Math.Min(distance + 1, ushort.MaxValue));
            }

            distance = ushort.MaxValue;
            for (var x = width - 1; x >= 0; x--)
            {
                distance = row[x] >= least ? 0 : Math.Min(distance + 1, ushort.MaxValue);
                gap[x] = (ushort)Math.Min(gap[x], distance);
            }
        }

        return gaps;
    }

    /// <summary>For each row distance within the tolerance: how many columns away a cell may still lie.</summary>
    private static ushort[] Reach(int height, int width)
    {
        // The slack keeps a distance of exactly the tolerance outside in spite of rounding (9² + 12² = 15²).
        const double squared = (Tolerance * Tolerance) - 1e-12;
        var reach = new List<ushort>();
        for (var dy = 0; dy < height && Squared(dy, height) < squared; dy++)
        {
            ushort dx = 0;
            while (dx < ushort.MaxValue - 1 && Squared(dy, height) + Squared(dx + 1, width) < squared)
            {
                dx++;
            }

            reach.Add(dx);
        }

        return [.. reach];
    }

    private static double Squared(int cells, int side) => (double)cells / side * cells / side;
}
