using System.Buffers;

namespace BatchXai.Attribution.Measures;

/// <summary>
/// The cells of a heatmap by ascending value, each with its share of object: one sort serves all measures of rank. A cell is one number, the value's bits above
/// the share's, so that nothing else has to be moved.
/// </summary>
internal sealed class RankedCells : IDisposable
{
    private const int Digit = 11;

    // Below, clearing and summing the counts of the digits costs more than comparing.
    private const int FewCells = 2_048;

    private readonly ulong[] rented;
    private readonly int count;

    private RankedCells(ulong[] rented, int count) => (this.rented, this.count) = (rented, count);

    /// <summary>Sorts a finite map.</summary>
    /// <param name="map">Values, signed; 0 and −0 are the same.</param>
    /// <param name="mask">Share of object of each cell; empty: none.</param>
    internal static RankedCells Of(ReadOnlySpan<float> map, ReadOnlySpan<float> mask)
    {
        var cells = ArrayPool<ulong>.Shared.Rent(map.Length);
        for (var i = 0; i < map.Length; i++)
        {
            cells[i] = ((ulong)Key(map[i]) << 32) | (mask.IsEmpty ? 0 : BitConverter.SingleToUInt32Bits(mask[i]));
        }

        return new RankedCells(map.Length < FewCells ? Compared(cells, map.Length) : ByDigits(cells, map.Length), map.Length);
    }

    /// <summary>The cells, lowest first.</summary>
    internal ReadOnlySpan<ulong> Ascending => rented.AsSpan(0, count);

    internal static float Value(ulong cell) => BitConverter.UInt32BitsToSingle(Bits((uint)(cell >> 32)));

    internal static float Object(ulong cell) => BitConverter.UInt32BitsToSingle((uint)cell);

    internal static bool AreTied(ulong a, ulong b) => a >> 32 == b >> 32;

    public void Dispose() => ArrayPool<ulong>.Shared.Return(rented);

    // The bits of floats order as integers once the sign is turned, and for negative ones all other bits too.
    private static uint Key(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value + 0f);
        return bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);
    }

    private static uint Bits(uint key) => key ^ ((key & 0x8000_0000) != 0 ? 0x8000_0000 : uint.MaxValue);

    private static ulong[] Compared(ulong[] cells, int count)
    {
        cells.AsSpan(0, count).Sort();
        return cells;
    }

    /// <summary>Radix sort by three digits of the value, the lowest first. The share below needs no order.</summary>
    private static ulong[] ByDigits(ulong[] cells, int count)
    {
        var (from, to) = (cells, ArrayPool<ulong>.Shared.Rent(count));
        var next = new int[1 << Digit];
        for (var shift = 32; shift < 64; shift += Digit)
        {
            Places(from.AsSpan(0, count), shift, next);
            foreach (var cell in from.AsSpan(0, count))
            {
                to[next[(int)(cell >> shift) & ((1 << Digit) - 1)]++] = cell;
            }

            (from, to) = (to, from);
        }

        ArrayPool<ulong>.Shared.Return(to);
        return from;
    }

    /// <summary>For each value of a digit the place of the first cell that has it.</summary>
    private static void Places(ReadOnlySpan<ulong> cells, int shift, int[] places)
    {
        Array.Clear(places);
        foreach (var cell in cells)
        {
            places[(int)(cell >> shift) & ((1 << Digit) - 1)]++;
        }

        var place = 0;
        for (var digit = 0; digit < places.Length; digit++)
        {
            (places[digit], place) = (place, place + places[digit]);
        }
    }
}
