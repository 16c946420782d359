using BatchXai.Attribution.Models;
using BatchXai.Onnx;

namespace BatchXai.Attribution.Sanity;

/// <summary>The weights that a model's layers multiply with, from the top.</summary>
internal interface ILayerWeights
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The model with the first weights from the top drawn anew, until it is disposed; the weights belong to the open scope. The same for the same seed.</summary>
    /// <param name="count">How many of them, 1 … <see cref="Count"/>.</param>
    /// <param name="seed">Seed of the weights.</param>
    ITensorGraph Redraw(int count, int seed);

    /// <summary>The weights of a model; null where none can be reached, as in a frozen TorchScript archive.</summary>
    static ILayerWeights? Of(ITensorGraph graph)
    {
        ILayerWeights? weights = graph switch
        {
            DifferentiableGraph onnx => new GraphWeights(onnx),
            ScriptGraph script => new ScriptWeights(script),
            _ => null,
        };
        return weights is { Count: > 0 } ? weights : null;
    }
}
