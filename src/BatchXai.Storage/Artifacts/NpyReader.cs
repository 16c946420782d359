using System.Buffers.Binary;

namespace BatchXai.Storage.Artifacts;

/// <summary>Reads single heatmaps out of a .npy file of shape N×h×w, '&lt;f2' or '&lt;f4', C order, without reading the others. Owns its stream.</summary>
public sealed class NpyReader : IAsyncDisposable
{
    private readonly Stream stream;
    private readonly NpyHeader header;
    private readonly long offset;
    private readonly byte[] buffer;

    private NpyReader(Stream stream, NpyHeader header, long offset)
    {
        (this.stream, this.header, this.offset) = (stream, header, offset);
        buffer = new byte[(int)header.RowBytes];
    }

    /// <summary>Element type.</summary>
    public NpyType Type => header.Type;

    /// <summary>Maps N.</summary>
    public long Count => header.Count;

    /// <summary>Rows h of each map.</summary>
    public int Height => header.Height;

    /// <summary>Columns w of each map.</summary>
    public int Width => header.Width;

    /// <summary>Opens a file that begins at the beginning of the stream, which must be able to seek; the reader owns it, also when this fails.</summary>
    /// <exception cref="InvalidDataException">Not such a file, or cut off.</exception>
    public static async Task<NpyReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var (header, offset) = await NpyHeader.ReadAsync(stream, cancellationToken);
            if (header.RowBytes > Array.MaxLength || (stream.Length - offset) / header.RowBytes < header.Count)
            {
                throw new InvalidDataException($"The .npy file promises {header.Count:N0} maps of {header.Height}×{header.Width}, more than its {stream.Length:N0} bytes hold.");
            }

            return new(stream, header, offset);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads one map.</summary>
    /// <param name="row">Its row, 0 … N−1.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>h·w values, row by row.</returns>
    public async Task<float[]> ReadRowAsync(long row, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        stream.Position = offset + (row * header.RowBytes);
        await stream.ReadExactlyAsync(buffer, cancellationToken);
        var map = new float[Height * Width];
        for (var i = 0; i < map.Length; i++)
        {
            map[i] = Type == NpyType.Float16
                ? (float)BinaryPrimitives.ReadHalfLittleEndian(buffer.AsSpan(2 * i))
                : BinaryPrimitives.ReadSingleLittleEndian(buffer.AsSpan(4 * i));
        }

        return map;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
