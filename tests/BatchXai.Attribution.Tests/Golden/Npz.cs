using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace BatchXai.Attribution.Tests.Golden;

/// <summary>Arrays of a NumPy .npz file: a zip of .npy, little-endian, C order.</summary>
internal sealed partial class Npz(string path)
{
    internal (float[] Values, long[] Shape) Floats(string name)
    {
        var (bytes, shape) = Read(name, "<f4");
        return (MemoryMarshal.Cast<byte, float>(bytes).ToArray(), shape);
    }

    internal long[] Integers(string name) => MemoryMarshal.Cast<byte, long>(Read(name, "<i8").Bytes).ToArray();

    private (byte[] Bytes, long[] Shape) Read(string name, string type)
    {
        using var zip = ZipFile.OpenRead(path);
        using var stream = zip.GetEntry(name + ".npy")!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var all = memory.ToArray();
        var start = 10 + BitConverter.ToUInt16(all, 8);
        var header = Encoding.ASCII.GetString(all, 10, start - 10);
        if (!header.Contains(type, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name} is not {type}: {header}");
        }

        var shape = Shape().Match(header).Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (all[start..], [.. shape.Select(size => long.Parse(size, CultureInfo.InvariantCulture))]);
    }

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex Shape();
}
