using TorchSharp;
using Xunit;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Gradients of every differentiable operator family against central differences, in double precision.</summary>
public sealed class GradientTests
{
    public static TheoryData<string> Names => [.. OperatorCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_MatchesCentralDifferences(string name)
    {
        using var scope = torch.NewDisposeScope();
        var test = OperatorCases.All[name];
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(test.Model()), doublePrecision: true);
        var start = Array.ConvertAll(test.Input(), value => (double)value);
        var x = torch.tensor(start, test.Shape).requires_grad_();
        var y = graph.Run(SampleModels.Feed("x", x), "y")["y"];
        var direction = torch.tensor(Array.ConvertAll(SampleModels.Numbers((int)y.numel(), 43), value => (double)value), y.shape);

        torch.autograd.backward([y], [direction], inputs: [x]);

        var actual = Tensors.Values(x.grad!);
        Assert.All(Enumerable.Range(0, start.Length), i => Assert.Equal(CentralDifference(graph, start, test.Shape, i, direction), actual[i], 1e-6));
        Assert.Contains(actual, value => value != 0);
    }

    private static double CentralDifference(DifferentiableGraph graph, double[] start, long[] shape, int element, Tensor direction)
    {
        using var noGrad = torch.no_grad();
        const double Step = 1e-5;
        double At(double offset)
        {
            using var scope = torch.NewDisposeScope();
            double[] moved = [.. start];
            moved[element] += offset;
            return graph.Run(SampleModels.Feed("x", torch.tensor(moved, shape)), "y")["y"].mul(direction).sum().item<double>();
        }

        return (At(Step) - At(-Step)) / (2 * Step);
    }
}
