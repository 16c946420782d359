using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Sanity;

/// <summary>The weights of a graph's layers, from the top.</summary>
internal static class LayerWeights
{
    private static readonly string[] Layers = ["Conv", "FusedConv", "ConvTranspose", "Gemm", "FusedGemm", "MatMul", "FusedMatMul"];

    /// <summary>Names of the tensors that convolutions and linear layers multiply with, the last layer's first. What depends on the image is no weight.</summary>
    internal static List<string> FromTheTop(DifferentiableGraph graph) =>
    [
        .. graph.Model.Graph.Nodes.Reverse()
            .Where(node => Layers.Contains(node.OpType) && node.Inputs.Count > 1)
            .SelectMany(node => node.Inputs.Take(2).Where(graph.IsConstant)).Distinct(),
    ];

    /// <summary>Weights drawn anew: normal, with mean and deviation of the old ones, so that signals stay of their size. The same for the same seed. Null for what has no floating-point values.</summary>
    internal static torch.Tensor? Redrawn(DifferentiableGraph graph, string name, int seed)
    {
        using var scope = torch.NewDisposeScope();
        using var old = graph.Constant(name);
        if (old is null || !old.is_floating_point() || old.numel() < 2)
        {
            return null;
        }

        using var random = new torch.Generator((ulong)(uint)seed);
        var wide = old.to(torch.ScalarType.Float32);
        var noise = torch.randn(old.shape, torch.ScalarType.Float32, generator: random).to(old.device);
        return noise.mul(wide.std()).Plus(wide.mean()).to(old.dtype).MoveToOuterDisposeScope();
    }
}
