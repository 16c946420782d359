using System.Buffers.Binary;

namespace BatchXai.Imaging;

/// <summary>
/// The chunks of a PNG file, read without decoding. Sizes are known even where the rest of the file is missing, and two things show
/// that the decoder does not tell: animation (the decoder would give the first frame) and an end that was cut off.
/// </summary>
internal readonly record struct PngStructure(long Width, long Height, int BitDepth, uint Frames, bool Complete)
{
    /// <summary>The first eight bytes of every PNG file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Walks over the chunks of a file that starts with <see cref="Signature"/>.</summary>
    /// <exception cref="ImageRefusedException">There is no header.</exception>
    public static PngStructure Read(ReadOnlySpan<byte> file)
    {
        // Length 4, type 4, then width 4, height 4, bit depth 1.
        if (file.Length < 33 || !file[12..].StartsWith("IHDR"u8))
        {
            throw new ImageRefusedException($"damaged or truncated PNG image: no header in its {file.Length} bytes");
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        var (frames, complete) = Walk(file[Signature.Length..]);
        return new(width, height, file[24], frames, complete);
    }

    private static (uint Frames, bool Complete) Walk(ReadOnlySpan<byte> chunks)
    {
        var frames = 1u;
        while (chunks.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunks);
            var type = chunks.Slice(4, 4);
            if (length > chunks.Length - 12)
            {
                return (frames, false);
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return (frames, true);
            }

            if (type.SequenceEqual("acTL"u8) && length >= 4)
            {
                frames = BinaryPrimitives.ReadUInt32BigEndian(chunks[8..]);
            }

            chunks = chunks[(int)(length + 12)..];
        }

        return (frames, false);
    }
}
