namespace BatchXai.Imaging.Tests.Decode;

/// <summary>A baseline JPEG of one 8 × 8 block of one colour in four components, made by hand: quantisation by 1, DC coefficients only.</summary>
internal static class CmykJpegFile
{
    /// <param name="components">Stored values 0 … 255 of the four components.</param>
    /// <param name="transform">Adobe's colour transform: 0 CMYK, 2 YCCK.</param>
    public static byte[] Of(byte[] components, byte transform)
    {
        var quantisation = new byte[65];
        quantisation.AsSpan(1).Fill(1);
        return
        [
            0xFF, 0xD8,
            .. Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform]),
            .. Segment(0xDB, quantisation),
            .. Segment(0xC0, [8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]),
            // DC: categories 0 … 11 as the four-bit codes 0 … 11. AC: end of block as the one-bit code 0.
            .. Segment(0xC4, [0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
            .. Segment(0xC4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            .. Segment(0xDA, [4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]),
            .. Scan(components),
            0xFF, 0xD9,
        ];
    }

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Scan(byte[] components)
    {
        var bits = new List<int>();
        foreach (var value in components)
        {
            // A block of constant v has the DC coefficient 8 (v − 128).
            var dc = 8 * (value - 128);
            var category = dc == 0 ? 0 : (int)Math.Floor(Math.Log2(Math.Abs(dc))) + 1;
            Append(bits, category, 4);
            Append(bits, dc < 0 ? dc + (1 << category) - 1 : dc, category);
            Append(bits, 0, 1);
        }

        while (bits.Count % 8 != 0)
        {
            bits.Add(1);
        }

        var bytes = bits.Chunk(8).Select(chunk => (byte)chunk.Aggregate(0, (sum, bit) => (sum << 1) | bit));
        return [.. bytes.SelectMany(value => value == 0xFF ? (byte[])[0xFF, 0] : [value])];
    }

    private static void Append(List<int> bits, int value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            bits.Add((value >> i) & 1);
        }
    }
}
