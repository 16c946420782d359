using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Outputs of single operators against ONNX Runtime, also in opsets that the official tests no longer cover.</summary>
public sealed class OnnxRuntimeTests
{
    public static TheoryData<string> Names => [.. OperatorCases.All.Values.Where(test => test.NotInOnnxRuntime is null).Select(test => test.Name)];

    [Fact]
    public void LrnOfEvenSize_TakesTheOddNeighbourFromTheChannelAfter()
    {
        using var scope = torch.NewDisposeScope();
        var model = new OnnxModelBuilder(13).Input("x", [1, 3, 1, 1]).Output("y")
            .Node("LRN", ["x"], "y", ("size", 2), ("alpha", 2f), ("beta", 1f), ("bias", 1f)).ToBytes();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));

        var y = graph.Run(SampleModels.Feed("x", torch.tensor([1f, 2f, 3f], [1, 3, 1, 1])), "y")["y"];

        // x / (1 + 2/2 · (x² + next²))
        Assert.Equal([1 / 6.0, 2 / 14.0, 3 / 10.0], Tensors.Values(y).Select(value => Math.Round(value, 6)), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_MatchesOnnxRuntime(string name)
    {
        using var scope = torch.NewDisposeScope();
        var test = OperatorCases.All[name];
        var model = test.Model();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));

        var ours = graph.Run(SampleModels.Feed("x", torch.tensor(test.Input(), test.Shape)), "y")["y"];
        var (theirs, shape) = OrtSession.Run(model, "x", test.Input(), Array.ConvertAll(test.Shape, dim => (int)dim));

        Assert.InRange(Tensors.RelativeError(ours, torch.tensor(theirs, Array.ConvertAll(shape, dim => (long)dim))), 0, 1e-5);
    }
}
