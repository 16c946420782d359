using System.Buffers.Binary;

namespace BatchXai.Imaging.Tests.Decode;

/// <summary>24-bit BMP files made by hand.</summary>
internal static class BmpFile
{
    /// <summary>Rows from top to bottom, RGB; stored bottom up, BGR, padded to four bytes, as the format has it.</summary>
    public static byte[] Of(int width, int height, byte[] rgb, int? claimedHeight = null)
    {
        var stride = ((width * 3) + 3) / 4 * 4;
        var file = new byte[54 + (stride * height)];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), claimedHeight ?? height);
        file[26] = 1;
        file[28] = 24;
        for (var i = 0; i < width * height; i++)
        {
            var (y, x) = Math.DivRem(i, width);
            var at = 54 + ((height - 1 - y) * stride) + (x * 3);
            (file[at], file[at + 1], file[at + 2]) = (rgb[(3 * i) + 2], rgb[(3 * i) + 1], rgb[3 * i]);
        }

        return file;
    }
}
