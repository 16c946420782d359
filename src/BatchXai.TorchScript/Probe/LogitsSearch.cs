using BatchXai.TorchScript.Execution;
using BatchXai.TorchScript.Rewrite;

namespace BatchXai.TorchScript.Probe;

/// <summary>Looks for the scores before a final activation by trying: which of the last values becomes the scores by one.</summary>
internal static class LogitsSearch
{
    // Layers behind the logits: the activation itself, a view, a containing block.
    private const int MostLayers = 8;

    internal static (int? Layer, FinalActivation Activation) Find(ScriptModel model, Tensor images, Dictionary<int, long[]> shapes, Tensor scores)
    {
        using var scope = torch.NewDisposeScope();
        var last = shapes.Where(layer => layer.Value.SequenceEqual(scores.shape)).OrderByDescending(layer => layer.Key).Take(MostLayers);
        foreach (var index in scores.shape.Length == 2 ? last.Select(layer => layer.Key) : [])
        {
            var (result, value) = model.Run(images, new ScriptLayer(index, string.Empty, string.Empty));
            if (Activation(value, result) is var activation and not FinalActivation.None)
            {
                return (index, activation);
            }
        }

        return (null, FinalActivation.None);
    }

    private static FinalActivation Activation(Tensor value, Tensor scores) =>
        !value.is_floating_point() || Same(value, scores) ? FinalActivation.None
        : scores.shape[1] > 1 && Same(value.softmax(1), scores) ? FinalActivation.Softmax
        : scores.shape[1] > 1 && Same(value.log_softmax(1), scores) ? FinalActivation.LogSoftmax
        : Same(value.sigmoid(), scores) ? FinalActivation.Sigmoid
        : FinalActivation.None;

    private static bool Same(Tensor left, Tensor right) => left.dtype == right.dtype && left.allclose(right, rtol: 1e-4, atol: 1e-7);
}
