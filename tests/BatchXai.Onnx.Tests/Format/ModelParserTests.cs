using BatchXai.Onnx.Format;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Onnx.Tests.Format;

public sealed class ModelParserTests
{
    [Fact]
    public void Parse_WrittenModel_GivesBackWhatWasWritten()
    {
        var model = OnnxModel.Parse(SampleModels.Classifier());

        Assert.Equal(17, model.OpsetOf());
        Assert.Equal(17, model.OpsetOf("ai.onnx"));
        Assert.Equal(0, model.OpsetOf("com.example"));
        Assert.Equal(8, model.IrVersion);
        Assert.Equal("BatchXai", model.Producer);
        Assert.Equal(new OnnxValueInfo("x", OnnxElementType.Float, []) with { Dims = model.Graph.Inputs[0].Dims }, model.Graph.Inputs[0]);
        Assert.Equal([null, 3, 8, 8], model.Graph.Inputs[0].Dims);
        Assert.Equal(["Conv", "BatchNormalization", "Relu", "GlobalAveragePool", "Flatten", "Gemm"], model.Graph.Nodes.Select(node => node.OpType));
        Assert.Equal([1, 1, 1, 1], model.Graph.Nodes[0].Ints("pads")!);
        Assert.Equal(1e-3f, model.Graph.Nodes[1].Float("epsilon", 0));
        Assert.Equal(1, model.Graph.Nodes[5].Int("transB", 0));
        Assert.Equal(SampleModels.Numbers(20, 7), model.Graph.Initializers["head"].ToSingle());
    }

    [Fact]
    public void Graph_KnowsWhoMakesAndReadsATensor()
    {
        var graph = OnnxModel.Parse(SampleModels.Classifier()).Graph;

        Assert.Equal("Relu", graph.Producer("relu")?.OpType);
        Assert.Null(graph.Producer("x"));
        Assert.Equal(["GlobalAveragePool"], graph.Consumers("relu").Select(node => node.OpType));
        Assert.Empty(graph.Consumers("logits"));
        Assert.True(graph.Contains("head"));
        Assert.False(graph.Contains("nothing"));
    }

    [Fact]
    public void Parse_NodesOutOfOrder_AreSorted()
    {
        var model = OnnxModel.Parse(new OnnxModelBuilder().Input("x", [1]).Output("c")
            .Node("Neg", ["b"], "c").Node("Abs", ["a"], "b").Node("Relu", ["x"], "a").ToBytes());

        Assert.Equal(["a", "b", "c"], model.Graph.Nodes.Select(node => node.Outputs[0]));
        Assert.Equal([0, 1, 2], model.Graph.Nodes.Select(node => node.Index));
    }

    [Fact]
    public void Parse_InitializerListedAsInput_IsNoInput()
    {
        var model = OnnxModel.Parse(new OnnxModelBuilder(7).Input("x", [1]).Input("w", [1]).Output("y")
            .Initializer("w", [1], [2f]).Node("Add", ["x", "w"], "y").ToBytes());

        Assert.Equal(["x"], model.Graph.Inputs.Select(input => input.Name));
    }

    [Theory]
    [InlineData("cycle", "cycle")]
    [InlineData("twice", "made twice")]
    [InlineData("missing", "Nothing makes tensor 'nowhere'")]
    [InlineData("short", "has 4 bytes of data; [2] × Float takes 8")]
    public void Parse_InconsistentGraph_SaysWhatIsWrong(string kind, string expected)
    {
        var builder = new OnnxModelBuilder().Input("x", [1]).Output("y");
        _ = kind switch
        {
            "cycle" => builder.Node("Add", ["x", "b"], "y").Node("Relu", ["y"], "b"),
            "twice" => builder.Node("Relu", ["x"], "y").Node("Neg", ["x"], "y"),
            "missing" => builder.Node("Add", ["x", "nowhere"], "y"),
            _ => builder.Initializer("w", [2], [1f]).Node("Add", ["x", "w"], "y"),
        };

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(builder.ToBytes()));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EveryTruncation_IsAFormatErrorOrAModel()
    {
        var bytes = SampleModels.Classifier();
        var refused = 0;
        for (var length = 0; length < bytes.Length; length++)
        {
            refused += IsRefused(bytes.AsMemory(0, length)) ? 1 : 0;
        }

        // The graph is written last, so no truncation is a whole model.
        Assert.Equal(bytes.Length, refused);
    }

    [Fact]
    public void Parse_DamagedBytes_AreAFormatErrorOrAModel()
    {
        var original = SampleModels.Classifier();
        var random = new Random(5);
        var refused = 0;
        for (var round = 0; round < 3000; round++)
        {
            var bytes = original.ToArray();
            for (var change = 0; change < 1 + (round % 4); change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            refused += IsRefused(bytes) ? 1 : 0;
        }

        Assert.InRange(refused, 100, 3000);
    }

    [Fact]
    public void Parse_RealModelTruncatedAtManyPlaces_IsRefused()
    {
        var bytes = File.ReadAllBytes(SharedData.PathOrSkip("models/cifar10_resnet20.onnx"));
        for (var length = 0; length < bytes.Length; length += 7919)
        {
            Assert.True(IsRefused(bytes.AsMemory(0, length)), $"accepted {length} of {bytes.Length} bytes");
        }
    }

    [Fact]
    public void Parse_SubgraphsNestedWithoutEnd_AreRefused()
    {
        // graph(7) > node(1) > attribute(5) > graph(6) > node(1) > …
        byte[] message = [];
        for (var level = 0; level < 2000; level++)
        {
            message = Nest(1, Nest(5, Nest(6, message)));
        }

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(Nest(7, message)));

        Assert.Contains("OnnxLimits.Depth", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OnnxElementType.Int32, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData(OnnxElementType.Int8, new byte[] { 0xFE }, -2)]
    [InlineData(OnnxElementType.UInt16, new byte[] { 0xFE, 0xFF }, 65534)]
    [InlineData(OnnxElementType.Bool, new byte[] { 2 }, 1)]
    public void ToInt64_SmallerTypes_AreWidened(OnnxElementType type, byte[] data, long expected)
        => Assert.Equal([expected], new OnnxTensor("t", type, [1], data).ToInt64());

    [Fact]
    public void TensorParser_TypedFields_BecomePackedBytes()
    {
        // dims [2], type INT8, int32_data [-1, 3] packed.
        byte[] message = [0x08, 2, 0x10, 3, 0x2A, 11, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 3];

        var tensor = TensorParser.Parse(new WireReader(message, 0, 0, "The tensor"));

        Assert.Equal([0xFF, 3], tensor.Data.ToArray());
        Assert.Equal([-1, 3], tensor.ToInt64());
    }

    [Fact]
    public void Load_NoSuchFile_IsFileNotFound() => Assert.Throws<FileNotFoundException>(() => OnnxModel.Load(Path.Combine(AppContext.BaseDirectory, "no-such.onnx")));

    private static bool IsRefused(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            OnnxModel.Parse(bytes);
            return false;
        }
        catch (OnnxFormatException error)
        {
            Assert.NotEmpty(error.Message);
            return true;
        }
    }

    private static byte[] Nest(int field, byte[] message)
    {
        var length = new List<byte>();
        for (var rest = message.Length; ; rest >>= 7)
        {
            length.Add((byte)(rest >= 0x80 ? rest | 0x80 : rest));
            if (rest < 0x80)
            {
                return [(byte)((field << 3) | 2), .. length, .. message];
            }
        }
    }
}
