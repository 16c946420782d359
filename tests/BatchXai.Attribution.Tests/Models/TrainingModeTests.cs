using BatchXai.Attribution.Models;
using BatchXai.Onnx;
using Xunit;

namespace BatchXai.Attribution.Tests.Models;

public class TrainingModeTests
{
    [Fact]
    public void Load_TrainingModeAndOtherTroubles_AreAllNamedAtOnce()
    {
        var net = new OnnxModelBuilder(14).Input("x", [null, 3, null, null])
            .Initializer("v", [3], [1f, 1, 1]).Initializer("ratio", [], [.5f]).Initializer(new OnnxTensor("on", OnnxElementType.Bool, [], new byte[] { 1 }))
            .Node("BatchNormalization", "", ["x", "v", "v", "v", "v"], ["normal", "mean", "variance"], ("training_mode", 1L))
            .Node("Dropout", ["normal", "ratio", "on"], "dropped").Node("NoSuchOperator", ["dropped"], "odd").Node("GlobalAveragePool", ["odd"], "scores").Output("scores");

        var problems = Assert.Throws<UnsuitableModelException>(() => Classifier.Load(OnnxModel.Parse(net.ToBytes()), new ClassifierOptions())).Problems;

        Assert.Contains(problems, problem => problem.Contains("1 BatchNormalization node(s), 'normal'", StringComparison.Ordinal) && problem.Contains("model.eval()", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("1 Dropout node(s), 'dropped'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("NoSuchOperator-14", StringComparison.Ordinal) && !problem.Contains("BatchNormalization", StringComparison.Ordinal));
        Assert.Equal(2, problems.Count(problem => problem.Contains("--size", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, .5f)]
    [InlineData(true, 0f)]
    public void Load_DropoutThatDropsNothing_IsAccepted(bool training, float ratio)
    {
        var net = new OnnxModelBuilder(13).Input("x", [null, 3, 4, 4]).Initializer("ratio", [], [ratio]).Initializer(new OnnxTensor("mode", OnnxElementType.Bool, [], new[] { training ? (byte)1 : (byte)0 }))
            .Node("Relu", ["x"], "act").Node("Dropout", ["act", "ratio", "mode"], "same").Node("GlobalAveragePool", ["same"], "scores").Output("scores");
        using var classifier = Classifier.Load(OnnxModel.Parse(net.ToBytes()), new ClassifierOptions());

        Assert.Equal("act", classifier.TargetLayer!.Tensor);
    }
}
