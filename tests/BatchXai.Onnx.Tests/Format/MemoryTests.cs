using System.Globalization;
using BatchXai.Onnx.Tests.Fuzzing;
using BatchXai.Onnx.Writing;
using Xunit;

namespace BatchXai.Onnx.Tests.Format;

/// <summary>A large model takes little more memory than its weights, measured in a process of its own.</summary>
public sealed class MemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Channels = 1024, Convolutions = 12, Products = 10;

    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-memory-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Run_LargeModel_TakesAtMostThirtyPercentMoreThanItsWeights()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the peak is read from /proc");
        Assert.SkipUnless(new DriveInfo(folder).AvailableFreeSpace > 2L << 30, "needs 2 GB of free disk");
        Assert.SkipUnless(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 3L << 30, "needs 3 GB of memory");
        var path = Path.Combine(folder, "large.onnx");
        var weights = Write(path);

        var (exitCode, printed) = await FuzzProgram.RunAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken, "memory", path);

        Assert.True(exitCode == 0, printed);
        var peaks = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        var ratio = (peaks[1] - peaks[0]) / (weights / (double)(1 << 20));
        output.WriteLine($"{weights >> 20} MB of weights, peak {peaks[0]} MB before and {peaks[1]} MB after: {ratio:0.00} of the weights");
        Assert.InRange(ratio, 0.9, 1.3);
    }

    // Convolutions with a BatchNormalization to fold, then products with a transposed weight: weights that something is computed from.
    private static long Write(string path)
    {
        var layers = new OnnxModelBuilder(17).Input("x", [1, Channels, 2, 2]).Output("y").Initializer("one", [Channels], [.. Enumerable.Repeat(1f, Channels)]);
        var weights = new List<(string Name, long[] Dims)>();
        var last = "x";
        for (var i = 0; i < Convolutions; i++)
        {
            weights.Add(($"w{i}", [Channels, Channels, 3, 3]));
            layers.Node("Conv", [last, $"w{i}"], $"c{i}", ("pads", new[] { 1, 1, 1, 1 })).Node("BatchNormalization", [$"c{i}", "one", "one", "one", "one"], $"n{i}");
            last = $"n{i}";
        }

        layers.Node("GlobalAveragePool", [last], "pool").Node("Flatten", ["pool"], "p0");
        for (var i = 0; i < Products; i++)
        {
            weights.Add(($"m{i}", [4 * Channels, Channels]));
            layers.Node("Transpose", [$"m{i}"], $"t{i}").Node("MatMul", [$"p{i}", $"t{i}"], $"q{i}").Node("MatMul", [$"q{i}", $"m{i}"], i == Products - 1 ? "y" : $"p{i + 1}");
        }

        return Write(path, layers.GraphMessage().ToArray(), weights);
    }

    // Written piece by piece: the graph's length is known before its weights are.
    private static long Write(string path, byte[] layers, List<(string Name, long[] Dims)> weights)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write(new WireWriter().Int(1, 8).Message(8, new WireWriter().Int(2, 17)).ToArray());
        var tensors = weights.Select(weight => (Head: weight.Dims.Aggregate(new WireWriter(), (message, dim) => message.Int(1, dim)).Int(2, 1).Text(8, weight.Name).ToArray(), Bytes: 4 * weight.Dims.Aggregate((a, b) => a * b))).ToList();
        file.WriteByte((7 << 3) | 2);
        WriteVarint(file, layers.Length + tensors.Sum(tensor => 1 + VarintLength(Length(tensor)) + Length(tensor)));
        file.Write(layers);
        var noise = new byte[1 << 20];
        new Random(1).NextBytes(noise);
        foreach (var tensor in tensors)
        {
            file.WriteByte((5 << 3) | 2);
            WriteVarint(file, Length(tensor));
            file.Write(tensor.Head);
            file.WriteByte((9 << 3) | 2);
            WriteVarint(file, tensor.Bytes);
            for (var left = tensor.Bytes; left > 0; left -= noise.Length)
            {
                file.Write(noise.AsSpan(0, (int)Math.Min(left, noise.Length)));
            }
        }

        return tensors.Sum(tensor => tensor.Bytes);

        static long Length((byte[] Head, long Bytes) tensor) => tensor.Head.Length + 1 + VarintLength(tensor.Bytes) + tensor.Bytes;
    }

    private static int VarintLength(long value) => value < 0x80 ? 1 : 1 + VarintLength(value >> 7);

    private static void WriteVarint(FileStream file, long value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            file.WriteByte((byte)(value | 0x80));
        }

        file.WriteByte((byte)value);
    }
}
