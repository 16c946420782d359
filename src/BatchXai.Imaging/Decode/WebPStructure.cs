using System.Buffers.Binary;

namespace BatchXai.Imaging;

/// <summary>The chunks of a WebP file, read without decoding: frames, whether pixels are stored exactly, and whether the end is there.</summary>
internal readonly record struct WebPStructure(int Frames, bool Lossless, bool Complete)
{
    /// <summary>Walks over the chunks of a file that starts with RIFF….WEBP.</summary>
    public static WebPStructure Read(ReadOnlySpan<byte> file)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        var (frames, lossless) = (0, true);
        var chunks = file[12..];
        while (chunks.Length >= 8)
        {
            var type = chunks[..4];
            frames += type.SequenceEqual("ANMF"u8) ? 1 : 0;
            lossless &= !type.SequenceEqual("VP8 "u8);

            // Chunks are padded to an even length.
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            var next = 8 + length + (length & 1);
            chunks = next < chunks.Length ? chunks[(int)next..] : [];
        }

        return new(Math.Max(frames, 1), lossless, size + 8L <= file.Length);
    }
}
