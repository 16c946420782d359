using BatchXai.TorchScript.Tests.Building;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.TorchScript.Tests.Execution;

/// <summary>What PyTorch itself wrote: looking at a layer changes nothing, and a layer's own value in its place changes nothing.</summary>
public sealed class SampleTests
{
    // What PyTorch 1.13 computed for an image of 0.5 everywhere.
    private static readonly float[] Half = [-0.60761368f, 0.092425331f, 0.22282547f, 0.57259107f, 0.16842422f];

    [Theory]
    [InlineData("traced.pt", "relu()", 27)]
    [InlineData("scripted.pt", "relu()", 30)]
    [InlineData("frozen.pt", "relu()#5", 16)]
    public async Task Every_layer_can_be_kept_and_put_back(string sample, string target, int atLeast)
    {
        using var prepared = await Prepare.Async(Sample.Path(sample));
        using var model = prepared.Load(torch.CPU);
        using var scope = torch.NewDisposeScope();
        Assert.Null(prepared.NoLayersReason);
        Assert.Equal(target, prepared.Target?.Name);
        Assert.InRange(prepared.Layers.Count, atLeast, 100);
        var images = torch.full(2, 3, 16, 16, Held(.5));
        var plain = model.Run(images);
        Assert.Equal(Half, plain[0].data<float>().ToArray(), (expected, actual) => Math.Abs(expected - actual) < 1e-5f);
        foreach (var layer in prepared.Layers.Where(layer => layer.Shape.Count > 0))
        {
            var (scores, hidden) = model.Run(images, layer);
            Assert.Equal(layer.Shape.Skip(1), hidden.shape[1..]);
            Assert.True(scores.allclose(plain, rtol: 0, atol: 1e-6), layer.Name);
            if (model.IsCut(images, layer))
            {
                Assert.True(model.RunFrom(torch.zeros_like(images), layer, hidden).allclose(plain, rtol: 0, atol: 1e-6), layer.Name);
            }
        }
    }
}
