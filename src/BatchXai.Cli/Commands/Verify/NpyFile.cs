using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BatchXai.Onnx;

namespace BatchXai.Cli.Commands.Verify;

/// <summary>Reads any .npy file of numbers (NumPy Enhancement Proposal 1, formats 1.0 to 3.0): little-endian, C order.</summary>
internal static partial class NpyFile
{
    private const int MagicLength = 6;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <exception cref="InvalidDataException">Not such a file, or cut off.</exception>
    public static OnnxTensor Read(ReadOnlyMemory<byte> file)
    {
        var (header, data) = Split(file);
        var type = TypeOf(Field(Descr().Match(header), "descr", header));
        if (Field(Order().Match(header), "fortran_order", header) == "True")
        {
            throw new InvalidDataException("it is in Fortran order. Save numpy.ascontiguousarray(x) instead.");
        }

        long[] dims = [.. Field(Shape().Match(header), "shape", header).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Side)];
        var tensor = new OnnxTensor("", type.Type, dims, data);
        var expected = (UInt128)type.Bytes * dims.Aggregate((UInt128)1, (product, side) => product * (UInt128)side);
        return expected == (UInt128)data.Length
            ? tensor
            : throw new InvalidDataException($"it has {data.Length:N0} bytes of data; its header promises {string.Join('×', dims)} elements of {type.Bytes} bytes.");
    }

    private static (string Header, ReadOnlyMemory<byte> Data) Split(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        var prelude = MagicLength + 2 + (bytes.Length > MagicLength && bytes[MagicLength] == 1 ? 2 : 4);
        if (bytes.Length < prelude || !bytes.StartsWith(Magic) || bytes[MagicLength] is < 1 or > 3)
        {
            throw new InvalidDataException("it is no .npy file: it does not begin as one.");
        }

        var length = bytes[MagicLength] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        return length <= bytes.Length - prelude
            ? (Encoding.UTF8.GetString(bytes.Slice(prelude, (int)length)), file[(prelude + (int)length)..])
            : throw new InvalidDataException("its header is cut off.");
    }

    private static string Field(Match match, string name, string header)
        => match.Success ? match.Groups[1].Value : throw new InvalidDataException($"its header has no plain '{name}': {header.Trim()}");

    private static long Side(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side <= int.MaxValue ? side : throw new InvalidDataException($"'{text}' in its shape is no size.");

    private static (OnnxElementType Type, int Bytes) TypeOf(string descr) => descr switch
    {
        "<f4" => (OnnxElementType.Float, 4),
        "<f2" => (OnnxElementType.Float16, 2),
        "<f8" => (OnnxElementType.Double, 8),
        "|u1" => (OnnxElementType.UInt8, 1),
        "|i1" => (OnnxElementType.Int8, 1),
        "|b1" => (OnnxElementType.Bool, 1),
        "<i2" => (OnnxElementType.Int16, 2),
        "<i4" => (OnnxElementType.Int32, 4),
        "<i8" => (OnnxElementType.Int64, 8),
        "<u2" => (OnnxElementType.UInt16, 2),
        "<u4" => (OnnxElementType.UInt32, 4),
        "<u8" => (OnnxElementType.UInt64, 8),
        _ => throw new InvalidDataException($"its elements are '{descr}'. Expected little-endian numbers, such as '<f4' (numpy.float32)."),
    };

    [GeneratedRegex(@"'descr':\s*'([^']*)'", RegexOptions.CultureInvariant)]
    private static partial Regex Descr();

    [GeneratedRegex(@"'fortran_order':\s*(True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape':\s*\(([^)]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
