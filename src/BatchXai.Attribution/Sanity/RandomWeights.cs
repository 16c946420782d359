using BatchXai.Onnx.Torch;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Sanity;

/// <summary>Weights drawn anew.</summary>
internal static class RandomWeights
{
    /// <summary>Normal, with mean and deviation of the old ones, so that signals stay of their size. The same for the same seed. Null for what has no floating-point values.</summary>
    internal static torch.Tensor? Like(torch.Tensor old, int seed)
    {
        if (!old.is_floating_point() || old.numel() < 2)
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator((ulong)(uint)seed);
        var wide = old.to(torch.ScalarType.Float32);
        var noise = torch.randn(old.shape, torch.ScalarType.Float32, generator: random).to(old.device);
        return noise.mul(wide.std()).Plus(wide.mean()).to(old.dtype).MoveToOuterDisposeScope();
    }
}
