using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>What is behind the target layer, where the scores depend on the image through that layer alone.</summary>
internal sealed class Tail(ITensorGraph graph, ImageInput image, SpatialLayer layer, ScoreReader scores)
{
    // Recent PyTorch exports read the number of images from the input's shape once more, right before the last layer.
    private readonly bool needsInput = !graph.CanCompute(scores.Tensor, [layer.Tensor]);

    /// <summary>Class scores N×K of activations as the graph has them. Of the images N×C×H×W only the shape matters.</summary>
    internal torch.Tensor Scores(torch.Tensor activations, torch.Tensor images)
    {
        var feeds = needsInput ? image.Feed(images) : [];
        feeds[layer.Tensor] = activations;
        return scores.Read(graph.Run(feeds, scores.Tensor)[scores.Tensor], images.shape[0]);
    }
}
