using System.Buffers.Binary;

namespace BatchXai.Storage.Artifacts;

/// <summary>One mask of the mask bank.</summary>
/// <param name="Item">Index of the item that it comes from, so that an item never meets its own mask.</param>
/// <param name="Area">p, the share of object in the model's view, 0 … 1.</param>
/// <param name="Mask">The soft mask at the grid <see cref="MaskBankFile.Grid"/>×<see cref="MaskBankFile.Grid"/>, row by row; 0: background, 255: object.</param>
public sealed record MaskBankEntry(long Item, double Area, byte[] Mask);

/// <summary>The mask bank of a split: masks of sampled items by ascending area; format in README.md.</summary>
public static class MaskBankFile
{
    /// <summary>Side G of the grid of every mask.</summary>
    public const int Grid = 56;

    private const int Version = 1;
    private const int HeaderBytes = 16;
    private const int EntryBytes = 16 + (Grid * Grid);
    private const int MaxEntries = 100_000;

    private static ReadOnlySpan<byte> Magic => "BXMB"u8;

    /// <summary>Writes a bank; sorts by area, then item.</summary>
    public static async Task WriteAsync(Stream stream, IEnumerable<MaskBankEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var sorted = entries.OrderBy(entry => entry.Area).ThenBy(entry => entry.Item).ToList();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sorted.Count, MaxEntries, nameof(entries));
        await stream.WriteAsync(Header(sorted.Count), cancellationToken);
        foreach (var entry in sorted)
        {
            await stream.WriteAsync(ToBytes(entry), cancellationToken);
        }
    }

    /// <summary>Reads a bank, in the order of the file: by ascending area.</summary>
    /// <exception cref="InvalidDataException">Not a mask bank, of another version, or damaged.</exception>
    public static async Task<IReadOnlyList<MaskBankEntry>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = new byte[HeaderBytes];
        await FillAsync(stream, header, cancellationToken);
        var count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
        if (!header.AsSpan(0, 12).SequenceEqual(Header(0).AsSpan(0, 12)) || count is < 0 or > MaxEntries)
        {
            throw new InvalidDataException($"Not a mask bank of version {Version} with a grid of {Grid}×{Grid}.");
        }

        var entries = new List<MaskBankEntry>();
        var bytes = new byte[EntryBytes];
        var previous = 0.0;
        for (var i = 0; i < count; i++)
        {
            await FillAsync(stream, bytes, cancellationToken);
            var area = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(8));
            if (!(area >= previous && area <= 1))
            {
                throw new InvalidDataException($"The mask bank is damaged: entry {i} has the area {area}.");
            }

            entries.Add(new(BinaryPrimitives.ReadInt64LittleEndian(bytes), previous = area, bytes[16..]));
        }

        return entries;
    }

    private static byte[] Header(int count)
    {
        var bytes = new byte[HeaderBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Grid);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), count);
        return bytes;
    }

    private static byte[] ToBytes(MaskBankEntry entry)
    {
        if (!(entry.Area >= 0 && entry.Area <= 1) || entry.Mask.Length != Grid * Grid)
        {
            throw new ArgumentException($"Item {entry.Item}: area {entry.Area}, {entry.Mask.Length} values; expected an area of 0 … 1 and {Grid}×{Grid} values.", nameof(entry));
        }

        var bytes = new byte[EntryBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, entry.Item);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8), entry.Area);
        entry.Mask.CopyTo(bytes, 16);
        return bytes;
    }

    private static async Task FillAsync(Stream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        if (await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken) < bytes.Length)
        {
            throw new InvalidDataException("The mask bank is cut off.");
        }
    }
}
