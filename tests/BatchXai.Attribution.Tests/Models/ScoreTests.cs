using BatchXai.Attribution.Models;
using BatchXai.Attribution.Tests.Methods;
using BatchXai.Onnx;
using Xunit;

namespace BatchXai.Attribution.Tests.Models;

public class ScoreTests
{
    private const string MachineLearning = "ai.onnx.ml";

    public static TheoryData<string> Endings => ["softmax", "logsoftmax", "hand-written", "hand-written, shifted", "reciprocal", "argmax", "normalizer", "zipmap"];

    [Theory]
    [MemberData(nameof(Endings))]
    public void Find_EveryEnding_IsCutOff(string ending)
    {
        var net = new OnnxModelBuilder(13).Input("scores", [null, 2]).Initializer("axis", [1], [1L]);
        _ = ending switch
        {
            "softmax" => net.Node("Softmax", ["scores"], "soft").Node("Identity", ["soft"], "out"),
            "logsoftmax" => net.Node("LogSoftmax", ["scores"], "out"),
            "hand-written" => net.Node("Exp", ["scores"], "exp").Node("ReduceSum", ["exp", "axis"], "sum").Node("Div", ["exp", "sum"], "out"),
            "hand-written, shifted" => net.Node("ReduceMax", ["scores"], "max", ("axes", new long[] { 1 })).Node("Sub", ["scores", "max"], "shifted")
                .Node("Exp", ["shifted"], "exp").Node("ReduceSum", ["exp", "axis"], "sum").Node("Div", ["exp", "sum"], "out"),
            "reciprocal" => net.Node("Exp", ["scores"], "exp").Node("ReduceSum", ["exp", "axis"], "sum").Node("Reciprocal", ["sum"], "inverse").Node("Mul", ["exp", "inverse"], "out"),
            "argmax" => net.Node("Softmax", ["scores"], "soft").Node("ArgMax", ["soft"], "out", ("axis", 1L)),
            "normalizer" => net.Node("Normalizer", MachineLearning, ["scores"], ["out"], ("norm", "SOFTMAX")),
            _ => net.Node("Softmax", ["scores"], "soft").Node("ZipMap", MachineLearning, ["soft"], ["out"]),
        };

        var cut = ScoreCut.Find(OnnxModel.Parse(net.Output("out").ToBytes()).Graph, null, [], [])!;

        Assert.Equal(("out", "scores"), (cut.Output, cut.Tensor));
        Assert.NotNull(cut.Activation);
    }

    [Fact]
    public void Find_QuotientThatIsNoSoftmax_IsTheScore()
    {
        var net = new OnnxModelBuilder(13).Input("x", [null, 2]).Node("Exp", ["x"], "exp").Node("Div", ["exp", "x"], "out").Output("out");

        Assert.Equal("out", ScoreCut.Find(OnnxModel.Parse(net.ToBytes()).Graph, null, [], [])!.Tensor);
    }

    [Fact]
    public void Load_TwoClassesOutOfOneSigmoid_AreBinary()
    {
        using var classifier = HandNet.Load(HandNet.Pooled().Weight("v", [2, 1], -.5f, 2).Weight("u", [1], 0).Weight("one", [1], 1)
            .Node("Gemm", "flat v u", "z").Node("Sigmoid", "z", "p").Node("Sub", "one p", "q").Node("Concat", "q p", "both", ("axis", 1)));

        Assert.Equal(("z", ScoreKind.BinarySigmoid, 2), (classifier.ScoresTensor, classifier.ScoreKind, classifier.Classes));
        Assert.Equal(["Sigmoid"], classifier.CutOff);
    }

    [Fact]
    public void Find_LabelAndProbabilities_TakesTheProbabilities()
    {
        var net = new OnnxModelBuilder(13).Input("scores", [null, 2]).Node("Softmax", ["scores"], "soft").Node("ArgMax", ["soft"], "label", ("axis", 1L))
            .Output("label", [null], OnnxElementType.Int64).Output("soft", [null, 2]);
        List<string> warnings = [];

        var cut = ScoreCut.Find(OnnxModel.Parse(net.ToBytes()).Graph, null, [], warnings)!;

        Assert.Equal(("soft", "scores"), (cut.Output, cut.Tensor));
        Assert.Empty(warnings);
    }

    [Fact]
    public void Find_AuxiliaryHeads_TakesTheFirst_AndSaysSo()
    {
        var net = new OnnxModelBuilder(13).Input("x", [null, 2]).Node("Relu", ["x"], "features").Node("Neg", ["features"], "main").Node("Abs", ["features"], "auxiliary")
            .Output("features", [null, 2, 4, 4]).Output("main", [null, 2]).Output("auxiliary", [null, 2]);
        var graph = OnnxModel.Parse(net.ToBytes()).Graph;
        List<string> warnings = [];

        Assert.Equal("main", ScoreCut.Find(graph, null, [], warnings)!.Tensor);
        Assert.Contains("'auxiliary'", warnings.Single(), StringComparison.Ordinal);
        Assert.Equal("auxiliary", ScoreCut.Find(graph, "auxiliary", [], [])!.Tensor);
    }
}
