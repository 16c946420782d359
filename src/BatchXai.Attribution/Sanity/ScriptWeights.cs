using BatchXai.Attribution.Models;
using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Sanity;

/// <summary>
/// The weights of a TorchScript module: its parameters of two or more dimensions, the last declared first. They cannot be fed, so they are exchanged in the module and put back: nobody else
/// may use the model meanwhile. A frozen archive has none.
/// </summary>
internal sealed class ScriptWeights(ScriptGraph graph) : ILayerWeights
{
    public int Count => graph.Weights.Count;

    public ITensorGraph Redraw(int count, int seed)
    {
        var exchange = new Exchange(graph);
        try
        {
            foreach (var (at, weight) in graph.Weights.Reverse().Take(count).Index())
            {
                exchange.Redraw(weight, unchecked(seed + at));
            }

            return exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    /// <summary>The module until its own weights are back.</summary>
    private sealed class Exchange(ScriptGraph graph) : ITensorGraph
    {
        private readonly List<(torch.Tensor Weight, torch.Tensor Own)> exchanged = [];

        public torch.Device Device => graph.Device;

        public IReadOnlyDictionary<string, torch.Tensor> Run(IReadOnlyDictionary<string, torch.Tensor> feeds, params IReadOnlyList<string> fetches) => graph.Run(feeds, fetches);

        public bool CanCompute(string fetch, IReadOnlyCollection<string> feeds) => graph.CanCompute(fetch, feeds);

        public void Redraw(torch.Tensor weight, int seed)
        {
            using var scope = torch.NewDisposeScope();
            if (RandomWeights.Like(weight, seed) is { } drawn)
            {
                exchanged.Add((weight, weight.clone().DetachFromDisposeScope()));
                weight.copy_(drawn);
            }
        }

        public void Dispose()
        {
            using var scope = torch.NewDisposeScope();
            foreach (var (weight, own) in exchanged)
            {
                weight.copy_(own);
                own.Dispose();
            }

            exchanged.Clear();
        }
    }
}
