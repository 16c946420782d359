using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>What is behind the target layer, where the scores depend on the image through that layer alone.</summary>
internal sealed class Tail(DifferentiableGraph graph, string input, string layer, ScoreReader scores)
{
    // Recent PyTorch exports read the number of images from the input's shape once more, right before the last layer.
    private readonly bool needsInput = !graph.CanCompute(scores.Tensor, [layer]);

    /// <summary>Class scores N×K of activations N×D×h×w. Of the images N×C×H×W only the shape matters.</summary>
    internal torch.Tensor Scores(torch.Tensor activations, torch.Tensor images)
    {
        var feeds = new Dictionary<string, torch.Tensor> { [layer] = activations };
        if (needsInput)
        {
            feeds[input] = images;
        }

        return scores.Read(graph.Run(feeds, scores.Tensor)[scores.Tensor], activations.shape[0]);
    }
}
