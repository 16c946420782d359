using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Sanity;

/// <summary>The weights of an ONNX graph: the tensors that convolutions and linear layers multiply with, the last layer's first. What depends on the image is no weight.</summary>
internal sealed class GraphWeights(DifferentiableGraph graph) : ILayerWeights
{
    private static readonly string[] Layers = ["Conv", "FusedConv", "ConvTranspose", "Gemm", "FusedGemm", "MatMul", "FusedMatMul"];

    private readonly List<string> names =
    [
        .. graph.Model.Graph.Nodes.Reverse()
            .Where(node => Layers.Contains(node.OpType) && node.Inputs.Count > 1)
            .SelectMany(node => node.Inputs.Take(2).Where(graph.IsConstant)).Distinct(),
    ];

    public int Count => names.Count;

    public ITensorGraph Redraw(int count, int seed)
    {
        var weights = new Dictionary<string, torch.Tensor>();
        foreach (var (at, name) in names.Take(count).Index())
        {
            using var old = graph.Constant(name);
            if (old is not null && RandomWeights.Like(old, unchecked(seed + at)) is { } drawn)
            {
                weights[name] = drawn;
            }
        }

        return new RedrawnGraph(graph, weights);
    }
}
