namespace BatchXai.Onnx;

/// <summary>A model whose tensors can be fed and fetched by name, and differentiated.</summary>
public interface ITensorGraph : IDisposable
{
    /// <summary>Where it runs: the device of weights, feeds and results.</summary>
    torch.Device Device { get; }

    /// <summary>Computes tensors from others. Autograd records when torch's grad mode is on and a feed requires grad.</summary>
    /// <param name="feeds">Tensors by name, on <see cref="Device"/>; they stay the caller's.</param>
    /// <param name="fetches">Names of the tensors wanted.</param>
    /// <returns>The tensors by name; the caller disposes them.</returns>
    IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> feeds, params IReadOnlyList<string> fetches);

    /// <summary>Whether <paramref name="fetch"/> can be computed from the fed tensors and constants alone.</summary>
    bool CanCompute(string fetch, IReadOnlyCollection<string> feeds);
}
