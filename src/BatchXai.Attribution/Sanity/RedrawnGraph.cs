using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Sanity;

/// <summary>A graph some of whose weights are others. They are fed like inputs, so the graph itself stays as it is for everybody else. Belongs to the caller, the weights too.</summary>
internal sealed class RedrawnGraph(ITensorGraph graph, IReadOnlyDictionary<string, torch.Tensor> weights) : ITensorGraph
{
    public torch.Device Device => graph.Device;

    public IReadOnlyDictionary<string, torch.Tensor> Run(IReadOnlyDictionary<string, torch.Tensor> feeds, params IReadOnlyList<string> fetches) =>
        graph.Run(feeds.Concat(weights.Where(weight => !feeds.ContainsKey(weight.Key))).ToDictionary(), fetches);

    public bool CanCompute(string fetch, IReadOnlyCollection<string> feeds) => graph.CanCompute(fetch, [.. feeds, .. weights.Keys]);

    public void Dispose()
    {
    }
}
