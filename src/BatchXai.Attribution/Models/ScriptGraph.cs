using BatchXai.Onnx;
using BatchXai.TorchScript;
using BatchXai.TorchScript.Execution;
using BatchXai.TorchScript.Rewrite;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>A TorchScript model seen as a graph: the image goes in, and layers and scores come out by name.</summary>
internal sealed class ScriptGraph(ScriptModel model, IReadOnlyList<ScriptLayer> layers) : ITensorGraph
{
    /// <summary>Name of the image.</summary>
    internal const string Image = "image";

    /// <summary>Name of what the model returns.</summary>
    internal const string Scores = "forward()";

    private readonly Dictionary<string, ScriptLayer> byName = layers.ToDictionary(layer => layer.Name);

    public torch.Device Device => model.Device;

    /// <summary>The weights, in the order of their declaration: writing to them changes the model, to which they belong.</summary>
    internal IReadOnlyList<torch.Tensor> Weights => model.Weights;

    /// <exception cref="ArgumentException">The image is not fed, something else is, or a layer is unknown.</exception>
    /// <exception cref="ScriptModelException">torch cannot run the model, or it does not come by a layer.</exception>
    public IReadOnlyDictionary<string, torch.Tensor> Run(IReadOnlyDictionary<string, torch.Tensor> feeds, params IReadOnlyList<string> fetches)
    {
        if (feeds.Count != 1 || !feeds.TryGetValue(Image, out var images))
        {
            throw new ArgumentException($"A TorchScript model is fed '{Image}' alone; fed: {string.Join(", ", feeds.Keys)}.", nameof(feeds));
        }

        var wanted = fetches.Where(name => name != Scores).Distinct().Select(Layer).ToList();
        if (wanted.Count == 0)
        {
            return new Dictionary<string, torch.Tensor> { [Scores] = model.Run(images) };
        }

        var (scores, hidden) = model.Run(images, wanted);
        var results = wanted.Zip(hidden).ToDictionary(found => found.First.Name, found => found.Second);
        if (fetches.Contains(Scores))
        {
            results[Scores] = scores;
        }
        else
        {
            scores.Dispose();
        }

        return results;
    }

    public bool CanCompute(string fetch, IReadOnlyCollection<string> feeds) => feeds.Contains(Image) || feeds.Contains(fetch);

    public void Dispose() => model.Dispose();

    private ScriptLayer Layer(string name) =>
        byName.GetValueOrDefault(name) ?? throw new ArgumentException($"The model has no layer '{name}'.");
}
