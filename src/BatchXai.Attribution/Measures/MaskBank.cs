using System.Collections.Concurrent;

namespace BatchXai.Attribution.Measures;

/// <summary>
/// Masks of many items at one soft grid: the reference from which the chance level of focus is drawn. Immutable and thread-safe;
/// masks shrunk to a map's grid are kept, once for each grid.
/// </summary>
public sealed class MaskBank
{
    private readonly IReadOnlyList<MaskBankEntry> entries;
    private readonly double[] logAreas;
    private readonly ConcurrentDictionary<(int Height, int Width), Lazy<BankGrid>> grids = new();

    /// <summary>Makes a bank.</summary>
    /// <param name="grid">Side of the square grid (56).</param>
    /// <param name="entries">Masks, sorted by area. Empty and full masks are left out.</param>
    /// <exception cref="ArgumentException">A mask is not grid × grid, or the entries are not sorted by area.</exception>
    public MaskBank(int grid, IReadOnlyList<MaskBankEntry> entries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grid, 1);
        ArgumentNullException.ThrowIfNull(entries);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Mask.Length != grid * grid)
            {
                throw new ArgumentException($"Mask {i} of the bank has {entries[i].Mask.Length} cells; {grid}×{grid} were expected.", nameof(entries));
            }

            if (i > 0 && entries[i].Area < entries[i - 1].Area)
            {
                throw new ArgumentException($"The masks of the bank must be sorted by area, but mask {i} is smaller than the one before it.", nameof(entries));
            }
        }

        Grid = grid;
        this.entries = [.. entries.Where(IsUsable)];
        logAreas = [.. this.entries.Select(entry => Math.Log(entry.Area))];
    }

    /// <summary>Side of the bank's grid.</summary>
    public int Grid { get; }

    /// <summary>Number of usable masks: neither empty nor full.</summary>
    public int Count => entries.Count;

    /// <summary>
    /// Indices of the masks of other items that are nearest in log area, nearest first, at most <paramref name="count"/>; none that is more than
    /// <paramref name="factor"/> times larger or smaller.
    /// </summary>
    internal List<int> Nearest(double area, long item, int count, double factor)
    {
        var log = Math.Log(area);
        var at = Array.BinarySearch(logAreas, log);
        var above = at < 0 ? ~at : at;
        var below = above - 1;
        var nearest = new List<int>(count);
        while (nearest.Count < count && (below >= 0 || above < logAreas.Length))
        {
            var takeBelow = above >= logAreas.Length || (below >= 0 && log - logAreas[below] <= logAreas[above] - log);
            var next = takeBelow ? below-- : above++;
            if (Math.Abs(log - logAreas[next]) > Math.Log(factor))
            {
                break;
            }

            if (entries[next].Item != item)
            {
                nearest.Add(next);
            }
        }

        return nearest;
    }

    /// <summary>The masks shrunk to a grid that is not finer than the bank's.</summary>
    internal BankGrid At(int height, int width) =>
        grids.GetOrAdd((height, width), size => new Lazy<BankGrid>(() => BankGrid.Shrink(entries, Grid, size.Height, size.Width))).Value;

    private static bool IsUsable(MaskBankEntry entry) =>
        entry.Area is > 0 and < 1 && entry.Mask.AsSpan().ContainsAnyExcept((byte)0) && entry.Mask.AsSpan().ContainsAnyExcept((byte)255);
}
