using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Format;

public sealed class ExternalDataTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-external-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Load_WeightsInTwoFiles_RunsAndNamesThem()
    {
        using var scope = torch.NewDisposeScope();
        File.WriteAllBytes(In("a.bin"), [.. new byte[8], .. MemoryMarshal.AsBytes<float>([1f, 2f]), 9]);
        File.WriteAllBytes(In("onnx::Add_7"), MemoryMarshal.AsBytes<float>([30f, 40f]));
        var model = Load(new OnnxModelBuilder().Input("x", [2]).Output("y")
            .ExternalInitializer("w", OnnxElementType.Float, [2], ("location", "a.bin"), ("offset", "8"), ("length", "8"))
            .ExternalInitializer("v", OnnxElementType.Float, [2], ("location", "onnx::Add_7"))
            .ExternalInitializer("none", OnnxElementType.Float, [0], ("location", "a.bin"))
            .Node("Sum", ["x", "w", "v"], "y"));
        using var graph = DifferentiableGraph.Compile(model);

        Assert.Equal([31, 42], Tensors.Values(graph.Run(SampleModels.Feed("x", torch.zeros(2)), "y")["y"]));
        Assert.Equal([In("a.bin"), In("onnx::Add_7")], model.ExternalFiles);
    }

    [Theory]
    [InlineData("../a.bin", null, null, "plain name")]
    [InlineData("/etc/passwd", null, null, "plain name")]
    [InlineData("sub/a.bin", null, null, "plain name")]
    [InlineData("sub\\a.bin", null, null, "plain name")]
    [InlineData("..", null, null, "plain name")]
    [InlineData("", null, null, "plain name")]
    [InlineData("a\0.bin", null, null, "plain name")]
    [InlineData("missing.bin", null, null, "no such file")]
    [InlineData("symbolic", null, null, "not a regular file")]
    [InlineData("hard", null, null, "2 hard links")]
    [InlineData("sub", null, null, "not a regular file")]
    [InlineData("pipe", null, null, "not a regular file")]
    [InlineData("a.bin", "8", null, "bytes 8 to 16 are wanted and the file has 8")]
    [InlineData("a.bin", "-8", null, "not a number")]
    [InlineData("a.bin", "9223372036854775807", null, "are wanted and the file has 8")]
    [InlineData("a.bin", "9223372036854775808", null, "not a number")]
    [InlineData("a.bin", null, "4", "4 bytes are given and the shape takes 8")]
    [InlineData("a.bin", null, "0x8", "not a number")]
    [InlineData("empty", null, null, "the file has 0")]
    public void Load_HostileEntry_IsRefusedWithTheReason(string location, string? offset, string? length, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links and pipes are made with Linux's tools");
        File.WriteAllBytes(In("a.bin"), new byte[8]);
        File.WriteAllBytes(In("empty"), []);
        File.WriteAllBytes(In("linked"), new byte[8]);
        Directory.CreateDirectory(In("sub"));
        File.CreateSymbolicLink(In("symbolic"), In("a.bin"));
        Process.Start("ln", [In("linked"), In("hard")]).WaitForExit();
        Process.Start("mkfifo", [In("pipe")]).WaitForExit();

        var error = Assert.Throws<OnnxFormatException>(() => Load(new OnnxModelBuilder().Input("x", [2]).Output("y")
            .ExternalInitializer("w", OnnxElementType.Float, [2], ("location", location), ("offset", offset ?? ""), ("length", length ?? "")).Node("Add", ["x", "w"], "y")));

        Assert.Contains("'w'", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WithoutAFolder_IsRefusedWithAdvice()
    {
        var bytes = new OnnxModelBuilder().Input("x", [2]).Output("y").ExternalInitializer("w", OnnxElementType.Float, [2], ("location", "a.bin")).Node("Add", ["x", "w"], "y").ToBytes();

        Assert.Contains("Load it from its folder", Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MoreThanTwoGigabytesOfWeights_RunsTheLastOfThem()
    {
        const long end = 5L << 30;
        Assert.SkipUnless(new DriveInfo(folder).AvailableFreeSpace > end, "needs 5 GB of free disk, should the file system not know holes");
        using (var file = new FileStream(In("big.bin"), FileMode.CreateNew))
        {
            // Holes take no room on the disk.
            file.SetLength(end);
            file.Position = end - 8;
            file.Write(MemoryMarshal.AsBytes<float>([5f, 6f]));
        }

        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(Load(new OnnxModelBuilder().Input("x", [2]).Output("y")
            .ExternalInitializer("first", OnnxElementType.Float, [1L << 28], ("location", "big.bin"))
            .ExternalInitializer("second", OnnxElementType.Float, [1L << 28], ("location", "big.bin"), ("offset", (1L << 30).ToString(CultureInfo.InvariantCulture)))
            .ExternalInitializer("last", OnnxElementType.Float, [2], ("location", "big.bin"), ("offset", (end - 8).ToString(CultureInfo.InvariantCulture)))
            .Node("Add", ["x", "last"], "y")));

        Assert.Equal([5, 6], Tensors.Values(graph.Run(SampleModels.Feed("x", torch.zeros(2)), "y")["y"]));
        Assert.Equal(1L << 28, graph.Model.Graph.Initializers["second"].Count);
    }

    [Fact]
    public void Load_WeightsMappedAndCollected_AreStillReadable()
    {
        using var scope = torch.NewDisposeScope();
        var weights = SampleModels.Numbers(5 << 20, 3);
        using var graph = DifferentiableGraph.Compile(Load(new OnnxModelBuilder().Input("x", [1]).Output("y").Initializer("w", [weights.Length], weights).Node("Add", ["x", "w"], "y")));
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(weights, graph.Run(SampleModels.Feed("x", torch.zeros(1)), "y")["y"].data<float>().ToArray());
        Assert.Equal(weights[^1], graph.Model.Graph.Initializers["w"].ToSingle()[^1]);
    }

    private string In(string name) => Path.Combine(folder, name);

    private OnnxModel Load(OnnxModelBuilder builder)
    {
        File.WriteAllBytes(In("model.onnx"), builder.ToBytes());
        return OnnxModel.Load(In("model.onnx"));
    }
}
