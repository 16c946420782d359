using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Format;

/// <summary>What a file may hold besides a plain graph.</summary>
public sealed class ModelContentTests
{
    [Fact]
    public void Parse_MetadataNamesAndOpsets_AreGivenBack()
    {
        var model = OnnxModel.Parse(new OnnxModelBuilder(18).Input("x", [1]).Output("y").Opset("com.example", 3).Metadata("labels", "cat,dog")
            .Node("Relu", ["x"], "a").Named("first").NodeMetadata("scope", "layer1").Node("Neg", ["a"], "y").ToBytes());

        Assert.Equal("cat,dog", model.Metadata["labels"]);
        Assert.Equal(3, model.OpsetOf("com.example"));
        Assert.Equal(["first", "y"], model.Graph.Nodes.Select(node => node.Name));
        Assert.Equal("layer1", model.Graph.Nodes[0].Metadata["scope"]);
        Assert.Empty(model.Graph.Nodes[1].Metadata);
    }

    [Fact]
    public void Parse_SubgraphWhoseOutputIsAnOuterTensor_CapturesIt()
    {
        var other = new OnnxModelBuilder().Output("n").Node("Neg", ["x"], "n");
        var model = OnnxModel.Parse(new OnnxModelBuilder().Input("c", [], OnnxElementType.Bool).Input("x", [1]).Output("y")
            .Node("If", ["c"], "y", ("then_branch", new OnnxModelBuilder().Output("r")), ("else_branch", other))
            .Node("Relu", ["x"], "r").ToBytes());

        Assert.Equal(["Relu", "If"], model.Graph.Nodes.Select(node => node.OpType));
        Assert.Equal(["r", "x"], model.Graph.Nodes[1].Captured.Order());
    }

    [Theory]
    [InlineData(OnnxValueKind.Tensor)]
    [InlineData(OnnxValueKind.Sequence)]
    [InlineData(OnnxValueKind.Optional)]
    [InlineData(OnnxValueKind.Map)]
    public void Parse_OutputOfEveryKind_KnowsItsElements(OnnxValueKind kind)
    {
        var info = OnnxModel.Parse(new OnnxModelBuilder().Input("x", [1]).Output("y", null, OnnxElementType.Double, kind).Node("Relu", ["x"], "y").ToBytes()).Graph.Outputs[0];

        Assert.Equal((kind, OnnxElementType.Double), (info.Kind, info.ElementType));
    }

    [Theory]
    [InlineData(new long[] { 1, 5 }, new long[] { 2 })]
    [InlineData(new long[] { 0, 1, 1, 2 }, new long[] { 2, 2 })]
    public void Run_SparseInitializerAndConstant_AreDense(long[] indices, long[] dims)
    {
        using var scope = torch.NewDisposeScope();
        var (values, places) = (Tensor("s", [2], 4f, 7f), Tensor(indices, dims));
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(new OnnxModelBuilder().Input("x", [2, 3]).Output("y")
            .SparseInitializer(values, places, [2, 3])
            .Node("Constant", [], "t", ("sparse_value", (values, places, new long[] { 2, 3 })))
            .Node("Sum", ["x", "s", "t"], "y").ToBytes()));

        var y = graph.Run(SampleModels.Feed("x", torch.zeros(2, 3)), "y")["y"];

        Assert.Equal([0, 8, 0, 0, 0, 14], Tensors.Values(y));
    }

    [Theory]
    [InlineData(new long[] { 5, 1 }, "index 1 after 5")]
    [InlineData(new long[] { 1, 1 }, "index 1 after 1")]
    [InlineData(new long[] { -1, 1 }, "index -1")]
    [InlineData(new long[] { 1, 6 }, "index 6")]
    [InlineData(new long[] { 1 }, "2 values for [2, 3]")]
    public void Parse_SparseInitializerWithBadIndices_IsRefused(long[] indices, string expected)
    {
        var bytes = new OnnxModelBuilder().Input("x", [1]).Output("y").SparseInitializer(Tensor("s", [2], 4f, 7f), Tensor(indices, [indices.Length]), [2, 3])
            .Node("Add", ["x", "s"], "y").ToBytes();

        Assert.Contains(expected, Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OutputsThatAreInputsInitializersOrAliases_AreGiven()
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(new OnnxModelBuilder().Input("x", [2]).Output("x").Output("w").Output("v").Output("y")
            .Initializer("w", [2], [1f, 2f]).Node("Identity", ["w"], "v").Named("same").Node("Add", ["x", "v"], "y").Named("same").ToBytes()));

        var results = graph.Run(SampleModels.Feed("x", torch.ones(2)), "x", "w", "v", "y");

        Assert.Equal([1, 1], Tensors.Values(results["x"]));
        Assert.Equal([1, 2], Tensors.Values(results["w"]));
        Assert.Equal([1, 2], Tensors.Values(results["v"]));
        Assert.Equal([2, 3], Tensors.Values(results["y"]));
    }

    [Theory]
    [InlineData("initializers", "two initializers named 'w'")]
    [InlineData("made", "is an input or an initializer")]
    [InlineData("functions", "defined twice")]
    public void Parse_NamesTwice_AreRefused(string kind, string expected)
    {
        var builder = new OnnxModelBuilder().Input("x", [1]).Output("y").Initializer("w", [1], [1f]).Node("Add", ["x", "w"], "y");
        var body = new OnnxModelBuilder().Node("Neg", ["a"], "b");
        _ = kind switch
        {
            "initializers" => builder.Initializer("w", [1], [1f]),
            "made" => builder.Node("Relu", ["y"], "w"),
            _ => builder.Function("my", "F", ["a"], ["b"], body).Function("my", "F", ["a"], ["b"], body),
        };

        Assert.Contains(expected, Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(builder.ToBytes())).Message, StringComparison.Ordinal);
    }

    private static OnnxTensor Tensor(string name, long[] dims, params float[] values)
        => OnnxTensors.Of(name, OnnxElementType.Float, dims, values);

    private static OnnxTensor Tensor(long[] values, long[] dims) => OnnxTensors.Of("", OnnxElementType.Int64, dims, values);
}
