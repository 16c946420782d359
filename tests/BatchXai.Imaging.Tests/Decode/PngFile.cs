using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BatchXai.Imaging.Tests.Decode;

/// <summary>PNG files made by hand, chunk by chunk, for what no encoder would write.</summary>
internal static class PngFile
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public const byte Grey = 0;
    public const byte Rgb = 2;
    public const byte Palette = 3;
    public const byte Rgba = 6;

    /// <summary>A file of unfiltered rows; <paramref name="extra"/> chunks come before the pixels.</summary>
    public static byte[] Of(uint width, uint height, byte depth, byte colourType, byte[][] rows, params (string Type, byte[] Data)[] extra)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Chunk(file, "IHDR", [.. BigEndian(width), .. BigEndian(height), depth, colourType, 0, 0, 0]);
        foreach (var (type, data) in extra)
        {
            Chunk(file, type, data);
        }

        Chunk(file, "IDAT", Deflate([.. rows.SelectMany(row => (byte[])[0, .. row])]));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    public static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(BigEndian((uint)data.Length));
        file.Write(body);
        file.Write(BigEndian(Crc(body)));
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        return ~crc;
    }
}
