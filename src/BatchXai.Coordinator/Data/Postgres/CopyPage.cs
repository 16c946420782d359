using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BatchXai.Coordinator.Data;

/// <summary>Rows that came in PostgreSQL's binary COPY format, held whole and read field by field. What <see cref="CopyBuffer"/> is for writing.</summary>
internal sealed class CopyPage : IDisposable
{
    private const int HeaderBytes = 19;
    private const int SharedTexts = 1 << 11;
    private const int LongestShared = 40;

    // Most texts of a column are a few words again and again: each is made once.
    private readonly (byte[] Bytes, string Text)[] texts = new (byte[], string)[SharedTexts];
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int length;
    private int place;

    /// <summary>Takes in everything that a stream has, in place of what was held before.</summary>
    public async Task FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        (length, place) = (0, HeaderBytes);
        for (int read; (read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken)) > 0; length += read)
        {
            if (length + read == bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(2 * bytes.Length);
                bytes.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(bytes);
                bytes = larger;
            }
        }
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    /// <exception cref="InvalidDataException">It has another number of fields.</exception>
    public bool NextRow(int columns)
    {
        var fields = BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));
        return fields == columns || (fields == -1 ? false : throw new InvalidDataException($"A row has {fields} fields, {columns} were asked for."));
    }

    public bool? ReadBoolean() => Field() is { Length: 1 } field ? field[0] != 0 : null;

    public int? ReadInt32() => Field() is { Length: sizeof(int) } field ? BinaryPrimitives.ReadInt32BigEndian(field) : null;

    public long? ReadInt64() => Field() is { Length: sizeof(long) } field ? BinaryPrimitives.ReadInt64BigEndian(field) : null;

    public double? ReadDouble() => Field() is { Length: sizeof(double) } field ? BinaryPrimitives.ReadDoubleBigEndian(field) : null;

    public string? ReadString()
    {
        var size = BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));
        return size < 0 ? null : Text(Take(size));
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);

    private string Text(ReadOnlySpan<byte> field)
    {
        if (field.Length > LongestShared)
        {
            return Encoding.UTF8.GetString(field);
        }

        var hash = new HashCode();
        hash.AddBytes(field);
        ref var known = ref texts[hash.ToHashCode() & (SharedTexts - 1)];
        if (known.Bytes is null || !field.SequenceEqual(known.Bytes))
        {
            known = (field.ToArray(), Encoding.UTF8.GetString(field));
        }

        return known.Text;
    }

    /// <summary>The next field; empty when it is null: no number has no bytes.</summary>
    private ReadOnlySpan<byte> Field() => Take(Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)))));

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = bytes.AsSpan(0, length).Slice(place, count);
        place += count;
        return taken;
    }
}
