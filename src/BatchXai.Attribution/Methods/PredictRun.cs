using BatchXai.Attribution.Models;
using TorchSharp;

namespace BatchXai.Attribution.Methods;

/// <summary>Predicts one input: cuts it into batches that the model takes.</summary>
internal static class PredictRun
{
    internal static List<ItemPrediction> Predict(ClassifierParts parts, torch.Tensor input, IReadOnlyList<IReadOnlyList<int>?> labelOutputs)
    {
        RequestCheck.Check(parts, labelOutputs, input);
        using var _ = torch.no_grad();
        var (items, classes) = ((int)input.shape[0], parts.Scores.Classes);
        var size = parts.FixedBatch ?? Math.Max(1, items);
        var predictions = new List<ItemPrediction>(items);
        for (var first = 0; first < items; first += size)
        {
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(size, items - first);
            var images = Filled(input.detach().narrow(0, first, count).to(torch.float32, parts.Graph.Device), size);
            var scores = SharedPass.Run(parts, Needs.None, images).Scores.cpu().data<float>().ToArray();
            for (var row = 0; row < count; row++)
            {
                predictions.Add(Target.Predict(parts.Scores, scores.AsSpan(row * classes, classes), labelOutputs.Count > 0 ? labelOutputs[first + row] : null));
            }
        }

        return predictions;
    }

    /// <summary>A batch of the size that the model insists on: the last image again and again.</summary>
    private static torch.Tensor Filled(torch.Tensor images, int size)
    {
        var count = images.shape[0];
        return count == size ? images : torch.cat([images, images.narrow(0, count - 1, 1).expand(size - count, -1, -1, -1)]);
    }
}
