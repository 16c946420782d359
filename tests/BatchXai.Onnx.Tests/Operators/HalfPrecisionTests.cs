using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Every differentiable operator in the two 16-bit types: the result has the type, and is single precision's but for rounding; so is the gradient.</summary>
public sealed class HalfPrecisionTests
{
    // Integer-valued decisions (which pixel, which bin) may fall differently where a position is rounded.
    private static readonly string[] Discontinuous = ["GridSample nearest", "RoiAlign"];

    // Classical operators give single precision whatever they get.
    private static bool KeepsItsType(OperatorCase test) => test.Domain != "ai.onnx.ml" && !Array.Exists(Discontinuous, test.Name.StartsWith);

    public static TheoryData<string, OnnxElementType> Cases
    {
        get
        {
            var cases = new TheoryData<string, OnnxElementType>();
            foreach (var name in OperatorCases.All.Values.Where(KeepsItsType).Select(test => test.Name))
            {
                cases.Add(name, OnnxElementType.Float16);
                cases.Add(name, OnnxElementType.BFloat16);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_InHalfPrecision_IsThatOfSingle(string name, OnnxElementType type)
    {
        using var scope = torch.NewDisposeScope();
        var test = OperatorCases.All[name];
        var torchType = type == OnnxElementType.Float16 ? torch.ScalarType.Float16 : torch.ScalarType.BFloat16;
        using var single = DifferentiableGraph.Compile(OnnxModel.Parse(test.Model()));
        using var half = DifferentiableGraph.Compile(OnnxModel.Parse(test.Model(type)));
        var x = torch.tensor(test.Input(), test.Shape).to(torchType).requires_grad_();

        var y = half.Run(SampleModels.Feed("x", x), "y")["y"];
        torch.autograd.backward([y.to(torch.ScalarType.Float32).sum()], inputs: [x]);

        var expected = single.Run(SampleModels.Feed("x", x.detach().to(torch.ScalarType.Float32)), "y")["y"];
        Assert.Equal(torchType, y.dtype);
        Assert.Equal(torchType, x.grad!.dtype);
        Assert.All(Tensors.Values(x.grad!), value => Assert.True(double.IsFinite(value)));
        Assert.InRange(Tensors.RelativeError(y.detach(), expected), 0, type == OnnxElementType.Float16 ? 0.01 : 0.06);
    }
}
