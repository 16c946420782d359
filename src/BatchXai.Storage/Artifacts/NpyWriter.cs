using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BatchXai.Storage.Artifacts;

/// <summary>
/// Writes heatmaps of one size as they come into a .npy file of shape N×h×w. The stream must be able to seek: N is filled in by
/// <see cref="CompleteAsync"/>, without which the file says that it is empty. The stream stays the caller's.
/// </summary>
public sealed class NpyWriter
{
    private readonly Stream stream;
    private readonly long start;
    private readonly byte[] buffer;
    private NpyHeader header;

    /// <summary>Prepares a file at the stream's position.</summary>
    /// <param name="stream">Where to write; can seek.</param>
    /// <param name="type">Element type.</param>
    /// <param name="height">Rows h of each map, at least 1.</param>
    /// <param name="width">Columns w of each map, at least 1.</param>
    public NpyWriter(Stream stream, NpyType type, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream must be able to seek.", nameof(stream));
        }

        this.stream = stream;
        start = stream.Position;
        header = new(type, 0, height, width);
        buffer = new byte[checked((int)header.RowBytes)];
    }

    /// <summary>Maps appended so far: the row of the next one.</summary>
    public long Count => header.Count;

    /// <summary>Appends one map and gives its row. In float16, finite values beyond its range become ±65,504, never infinity.</summary>
    /// <param name="map">h·w values, row by row.</param>
    /// <param name="cancellationToken">Stops the writing; the file is then unusable.</param>
    public async Task<long> AppendAsync(ReadOnlyMemory<float> map, CancellationToken cancellationToken)
    {
        if (map.Length != header.Height * header.Width)
        {
            throw new ArgumentException($"The map has {map.Length} values; expected {header.Height}×{header.Width}.", nameof(map));
        }

        if (header.Count == 0)
        {
            await stream.WriteAsync(header.ToBytes(), cancellationToken);
        }

        Encode(map.Span);
        await stream.WriteAsync(buffer, cancellationToken);
        header = header with { Count = header.Count + 1 };
        return header.Count - 1;
    }

    /// <summary>Fills in N; the stream is left at the end of the file.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        stream.Position = start;
        await stream.WriteAsync(header.ToBytes(), cancellationToken);
        stream.Position = start + NpyHeader.Length + (header.Count * header.RowBytes);
        await stream.FlushAsync(cancellationToken);
    }

    private void Encode(ReadOnlySpan<float> map)
    {
        if (header.Type == NpyType.Float32 && BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(map).CopyTo(buffer);
            return;
        }

        for (var i = 0; i < map.Length; i++)
        {
            if (header.Type == NpyType.Float32)
            {
                BinaryPrimitives.WriteSingleLittleEndian(buffer.AsSpan(4 * i), map[i]);
            }
            else
            {
                BinaryPrimitives.WriteHalfLittleEndian(buffer.AsSpan(2 * i), ToHalf(map[i]));
            }
        }
    }

    private static Half ToHalf(float value) =>
        float.IsFinite(value) ? (Half)Math.Clamp(value, (float)Half.MinValue, (float)Half.MaxValue) : (Half)value;
}
