using BatchXai.Onnx.Verification;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Onnx.Tests.Verification;

public sealed class TensorComparisonTests
{
    [Fact]
    public void Of_TellsWhereAndHowMuch()
    {
        using var scope = torch.NewDisposeScope();
        var comparison = TensorComparison.Of(torch.tensor([1f, 2f, 3f, 4.5f, 5f, 6f], [2, 3]), torch.tensor([1f, 2f, 3f, 4f, 5f, -8f], [2, 3]).mul(Held(1)));
        Assert.Equal([1, 2], comparison.Position!);
        Assert.Equal((14, 8, 6, -8), (comparison.LargestError, comparison.Scale, comparison.Actual, comparison.Expected));
        Assert.Equal(14.0 / 8, comparison.RelativeError);
    }

    [Theory]
    [InlineData(float.NaN, float.NaN, 0)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, 0)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(float.NaN, 1, double.PositiveInfinity)]
    [InlineData(1, float.NaN, double.PositiveInfinity)]
    public void Of_NumbersThatAreNotFinite_MustBeTheSame(float actual, float expected, double error)
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(error, TensorComparison.Of(torch.tensor([1f, actual]), torch.tensor([1f, expected])).RelativeError);
    }

    [Fact]
    public void Of_OtherShape_IsNoMatchThoughTheElementsAre()
    {
        using var scope = torch.NewDisposeScope();
        var comparison = TensorComparison.Of(torch.ones(2, 3), torch.ones(3, 2));
        Assert.False(comparison.SameShape);
        Assert.Equal(double.PositiveInfinity, comparison.RelativeError);
        Assert.Null(comparison.Position);
    }

    [Fact]
    public void Of_OnlyZerosExpected_TheErrorItselfCounts()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(0.25, TensorComparison.Of(torch.tensor([0.25f, 0f]), torch.zeros(2)).RelativeError);
    }

    [Fact]
    public void Of_Nothing_IsEqual()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(0, TensorComparison.Of(torch.zeros(0, 3), torch.zeros(0, 3)).RelativeError);
    }
}
