using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Operators of <c>ai.onnx.ml</c>: those without a gradient, labels, and what text does.</summary>
public sealed class ClassicalOperatorTests
{
    private static readonly string[] Labels = ["no", "yes"];

    public static TheoryData<string> Names => [.. ForwardCases.All.Keys];

    public static TheoryData<string> Classifiers => [.. OperatorCases.All.Values.Concat(ForwardCases.All.Values).Where(test => test.Outputs.Length == 2 && !test.Name.Contains("text", StringComparison.Ordinal)).Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_MatchesOnnxRuntime(string name) => AssertSame(ForwardCases.All[name].Model(), ForwardCases.All[name].Input(), ForwardCases.All[name].Shape);

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Label_MatchesOnnxRuntime(string name)
    {
        var test = OperatorCases.All.GetValueOrDefault(name) ?? ForwardCases.All[name];
        var model = new OnnxModelBuilder(17).Opset(test.Domain, test.DomainVersion).Input("x", [.. test.Shape.Select(dim => (long?)dim)]).Output("y")
            .Node(test.Op, test.Domain, ["x"], test.Outputs.Select(output => output + "_made").ToArray(), test.Attributes)
            .Node("Cast", ["label_made"], "y", ("to", 1)).ToBytes();

        AssertSame(model, test.Input(), test.Shape);
    }

    [Fact]
    public void Trees_SendMissingValuesWhereTheFileSays()
    {
        var test = ForwardCases.All["TreeEnsembleRegressor"];
        var input = test.Input();
        for (var i = 0; i < input.Length; i += 3)
        {
            input[i] = float.NaN;
        }

        AssertSame(test.Model(), input, test.Shape);
    }

    [Fact]
    public void TreeEnsemble5_WithSets_MatchesOnnxRuntime()
    {
        // x0 in {1, 2}? then x1 <= 0.5 ? 10 : 20, else x1 in {3} ? 30 : 40; the last tree adds to the second target.
        (string, object)[] attributes =
        [
            ("n_targets", 2), ("aggregate_function", 1), ("post_transform", 0), ("tree_roots", new[] { 0, 3 }),
            ("nodes_featureids", new[] { 0, 1, 1, 0 }), ("nodes_modes", Constant.Of(OnnxElementType.UInt8, [4], new byte[] { 6, 0, 6, 1 })),
            ("nodes_splits", OperatorCase.Floats(0, 0.5f, 0, 1.5f)), ("membership_values", OperatorCase.Floats(1, 2, float.NaN, 3, float.NaN)),
            ("nodes_truenodeids", new[] { 1, 0, 2, 4 }), ("nodes_trueleafs", new[] { 0, 1, 1, 1 }),
            ("nodes_falsenodeids", new[] { 2, 1, 3, 5 }), ("nodes_falseleafs", new[] { 0, 1, 1, 1 }),
            ("leaf_targetids", new[] { 0, 0, 0, 0, 1, 1 }), ("leaf_weights", OperatorCase.Floats(10, 20, 30, 40, -1, 1)),
        ];
        var model = new OnnxModelBuilder(17).Opset("ai.onnx.ml", 5).Input("x", [6, 2]).Output("y").Node("TreeEnsemble", "ai.onnx.ml", ["x"], ["y"], attributes).ToBytes();

        AssertSame(model, [1, 0, 2, 1, 0, 3, 0, 2, 3, 3, 1.5f, 0], [6, 2]);
    }

    [Theory]
    [InlineData(OnnxElementType.Int64, 3)]
    [InlineData(OnnxElementType.Float, 3)]
    [InlineData(OnnxElementType.Float, 4)]
    public void LabelEncoder_MatchesOnnxRuntime(OnnxElementType keys, long version)
    {
        (string, object)[] attributes = keys == OnnxElementType.Int64
            ? [("keys_int64s", new[] { 2, 5, 7 }), ("values_int64s", new[] { 20, 50, 70 }), ("default_int64", 11)]
            : [("keys_floats", new[] { 2f, 5, float.NaN }), ("values_floats", new[] { 20f, 50, 70 }), ("default_float", 11f)];
        var model = new OnnxModelBuilder(17).Opset("ai.onnx.ml", version).Input("x", [5]).Output("y")
            .Node("Cast", ["x"], "typed", ("to", (int)keys))
            .Node("LabelEncoder", "ai.onnx.ml", ["typed"], ["encoded"], attributes)
            .Node("Cast", ["encoded"], "y", ("to", 1)).ToBytes();

        AssertSame(model, [5, 2, 3, keys == OnnxElementType.Float ? float.NaN : 7, 5], [5]);
    }

    [Fact]
    public void OneHotEncoder_MatchesOnnxRuntime()
    {
        var model = new OnnxModelBuilder(17).Opset("ai.onnx.ml", 1).Input("x", [2, 3]).Output("y")
            .Node("OneHotEncoder", "ai.onnx.ml", ["x"], ["y"], ("cats_int64s", new[] { 3, 1, 2 }), ("zeros", 1)).ToBytes();

        AssertSame(model, [1, 2, 3, 4, 1, 1], [2, 3]);
    }

    [Fact]
    public void TextLabels_AreNeededOnlyByWhoFetchesThem()
    {
        using var scope = torch.NewDisposeScope();
        var model = new OnnxModelBuilder(17).Opset("ai.onnx.ml", 3).Input("x", [null, 4]).Output("label", type: OnnxElementType.String).Output("text", type: OnnxElementType.String).Output("scores")
            .Node("LinearClassifier", "ai.onnx.ml", ["x"], ["label", "scores"], ("coefficients", SampleModels.Numbers(8, 1)), ("intercepts", SampleModels.Numbers(2, 2)), ("classlabels_strings", Labels))
            .Node("Cast", ["scores"], "text", ("to", (int)OnnxElementType.String)).ToBytes();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));
        var feed = SampleModels.Feed("x", torch.ones(3, 4));

        Assert.Equal([3, 2], graph.Run(feed, "scores")["scores"].shape);
        Assert.Contains("text", Assert.Throws<GraphExecutionException>(() => graph.Run(feed, "label")).Message, StringComparison.Ordinal);
        Assert.Contains("Cast", Assert.Throws<UnsupportedOperatorsException>(() => graph.Run(feed, "text")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TreesInACircle_AreRefused()
    {
        (string, object)[] attributes = [.. TreeSample.ByNumber("target", 1, 4, ["BRANCH_LEQ"], [0]).Where(attribute => attribute.Item1 != "nodes_truenodeids"), ("nodes_truenodeids", Enumerable.Range(0, 15).Select(i => i == 3 ? 1 : (2 * i) + 1 > 14 ? 0 : (2 * i) + 1).ToArray()), ("n_targets", 1)];
        var model = new OnnxModelBuilder(17).Opset("ai.onnx.ml", 3).Input("x", [1, 4]).Output("y").Node("TreeEnsembleRegressor", "ai.onnx.ml", ["x"], ["y"], attributes).ToBytes();

        Assert.Contains("circle", Assert.Throws<UnsupportedOperatorsException>(() => DifferentiableGraph.Compile(OnnxModel.Parse(model))).Message, StringComparison.Ordinal);
    }

    private static void AssertSame(byte[] model, float[] input, long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));

        var ours = graph.Run(SampleModels.Feed("x", torch.tensor(input, shape)), "y")["y"];
        var (theirs, size) = OrtSession.Run(model, "x", input, Array.ConvertAll(shape, dim => (int)dim));

        Assert.InRange(Tensors.RelativeError(ours, torch.tensor(theirs, Array.ConvertAll(size, dim => (long)dim))), 0, 1e-5);
    }
}
