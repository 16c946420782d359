using BatchXai.Attribution.Models;
using TorchSharp;

namespace BatchXai.Attribution.Methods;

/// <summary>Refuses input and labels that do not fit the classifier, before anything is computed.</summary>
internal static class RequestCheck
{
    internal static void Check(ClassifierParts parts, IReadOnlyList<IReadOnlyList<int>?> labelOutputs, torch.Tensor input)
    {
        var (_, channels, height, width) = parts.Input;
        if (input.shape is not [var items, var c, var h, var w] || (c, h, w) != (channels, height, width))
        {
            throw new ArgumentException($"The input has shape {string.Join('×', input.shape)}; the model takes N×{channels}×{height}×{width}.", nameof(input));
        }

        if (labelOutputs.Count > 0 && labelOutputs.Count != items)
        {
            throw new ArgumentException($"There are label outputs for {labelOutputs.Count} items, but the input holds {items}.", nameof(labelOutputs));
        }

        foreach (var (item, outputs) in labelOutputs.Index())
        {
            if (outputs is not null && outputs.Any(output => output < 0 || output >= parts.Scores.Classes))
            {
                throw new ArgumentException($"The label of item {item} maps to outputs {string.Join(", ", outputs)}; the model has outputs 0 to {parts.Scores.Classes - 1}.", nameof(labelOutputs));
            }
        }
    }
}
