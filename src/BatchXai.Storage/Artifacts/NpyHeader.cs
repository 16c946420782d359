using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BatchXai.Storage.Artifacts;

/// <summary>Element type of a .npy file.</summary>
public enum NpyType
{
    /// <summary>float16, little-endian: '&lt;f2'. About 3 digits; 6e-8 … 65,504.</summary>
    Float16,

    /// <summary>float32, little-endian: '&lt;f4'.</summary>
    Float32,
}

/// <summary>Header of a .npy file (NumPy Enhancement Proposal 1, format 1.0) of shape N×h×w in C order.</summary>
internal sealed partial record NpyHeader(NpyType Type, long Count, int Height, int Width)
{
    /// <summary>What we write, whatever the shape, so that N can be filled in at the end: a multiple of 64 that fits the largest shape.</summary>
    public const int Length = 128;

    private const int Prelude = 10;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public int ElementBytes => Type == NpyType.Float16 ? 2 : 4;

    public long RowBytes => (long)Height * Width * ElementBytes;

    public byte[] ToBytes()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{'descr': '{(Type == NpyType.Float16 ? "<f2" : "<f4")}', 'fortran_order': False, 'shape': ({Count}, {Height}, {Width}), }}");
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), Length - Prelude);
        bytes.AsSpan(Prelude).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(Prelude));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    /// <summary>Reads the header at the beginning of a stream; gives the offset of the data too.</summary>
    /// <exception cref="InvalidDataException">Not such a file.</exception>
    public static async Task<(NpyHeader Header, long Offset)> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var prelude = new byte[Prelude];
        if (await stream.ReadAtLeastAsync(prelude, Prelude, throwOnEndOfStream: false, cancellationToken) < Prelude
            || !prelude.AsSpan().StartsWith(Magic) || prelude[6] != 1)
        {
            throw new InvalidDataException("Not a .npy file of format 1.0.");
        }

        var bytes = new byte[BinaryPrimitives.ReadUInt16LittleEndian(prelude.AsSpan(8))];
        if (await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken) < bytes.Length)
        {
            throw new InvalidDataException("The .npy header is cut off.");
        }

        var text = Encoding.ASCII.GetString(bytes);
        var match = Pattern().Match(text);
        if (!match.Success
            || !long.TryParse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture, out var count)
            || !int.TryParse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture, out var height) || height == 0
            || !int.TryParse(match.Groups["w"].ValueSpan, CultureInfo.InvariantCulture, out var width) || width == 0)
        {
            throw new InvalidDataException($"Expected a .npy file of '<f2' or '<f4', C order, shape (N, h, w); its header says {Shown.Text(text.Trim())}.");
        }

        return (new(match.Groups["type"].ValueSpan is "2" ? NpyType.Float16 : NpyType.Float32, count, height, width), Prelude + bytes.Length);
    }

    [GeneratedRegex(@"^\{'descr': '<f(?<type>[24])', 'fortran_order': False, 'shape': \((?<n>\d+), (?<h>\d+), (?<w>\d+)\),? ?\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
