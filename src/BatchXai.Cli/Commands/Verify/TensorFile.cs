using BatchXai.Onnx;
using BatchXai.Onnx.Verification;

namespace BatchXai.Cli.Commands.Verify;

/// <summary>Reads a tensor: .npy, .pb (one TensorProto), anything else as raw little-endian float32.</summary>
internal static class TensorFile
{
    /// <param name="path">File.</param>
    /// <param name="rawShape">Gives the shape of so many raw numbers; null when it cannot be told.</param>
    /// <exception cref="InvalidDataException">The file cannot be used; the message begins with its path.</exception>
    public static OnnxTensor Load(string path, Func<long, long[]?> rawShape)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".npy" => NpyFile.Read(File.ReadAllBytes(path)),
                ".pb" => OnnxTensorFile.Load(path),
                _ => Raw(File.ReadAllBytes(path), rawShape),
            };
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException or InvalidDataException or OnnxFormatException)
        {
            throw new InvalidDataException(bad is FileNotFoundException or DirectoryNotFoundException ? $"{path}: no such file." : $"{path}: {bad.Message}", bad);
        }
    }

    private static OnnxTensor Raw(byte[] bytes, Func<long, long[]?> rawShape)
    {
        if (bytes.Length % sizeof(float) != 0)
        {
            throw new InvalidDataException($"{bytes.Length:N0} bytes are no float32 numbers. Expected .npy, .pb or raw little-endian float32.");
        }

        var count = bytes.Length / sizeof(float);
        var shape = rawShape(count) ?? throw new InvalidDataException($"it holds {count:N0} raw float32 numbers of unknown shape. Give --shape, for instance 2x3x224x224.");
        return shape.Aggregate((Int128)1, (product, side) => product * side) == count
            ? new("", OnnxElementType.Float, shape, bytes)
            : throw new InvalidDataException($"it holds {count:N0} raw float32 numbers, which do not make {string.Join('×', shape)}.");
    }
}
