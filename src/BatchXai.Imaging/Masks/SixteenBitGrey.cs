using System.Buffers.Binary;

namespace BatchXai.Imaging;

/// <summary>
/// 16-bit grey PNGs often hold object numbers (1, 2, 3 …), which the decoder's conversion to 8 bits would make 0. Such a file has the same rows, byte for byte, as
/// one of 8-bit grey with 8-bit alpha: with its header rewritten it decodes to the upper byte as grey and the lower byte as alpha.
/// </summary>
internal static class SixteenBitGrey
{
    private const int DepthAt = 24;
    private const int ColourTypeAt = 25;
    private const int ChecksumAt = 29;

    /// <summary>Whether a file is a 16-bit grey PNG.</summary>
    public static bool Is(ReadOnlySpan<byte> file) =>
        file.Length > ChecksumAt + 4 && file.StartsWith(PngStructure.Signature) && file[DepthAt] == 16 && file[ColourTypeAt] == 0;

    /// <summary>The same file as 8-bit grey with alpha.</summary>
    public static byte[] AsGreyAndAlpha(ReadOnlySpan<byte> file)
    {
        var rewritten = file.ToArray();
        rewritten[DepthAt] = 8;
        rewritten[ColourTypeAt] = 4;
        BinaryPrimitives.WriteUInt32BigEndian(rewritten.AsSpan(ChecksumAt), Checksum(rewritten.AsSpan(12, ChecksumAt - 12)));
        return rewritten;
    }

    // CRC-32 as in the PNG specification, annex D.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
