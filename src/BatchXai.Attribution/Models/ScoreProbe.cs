using BatchXai.Onnx;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Models;

/// <summary>Learns the shape of the scores by running a plain image.</summary>
internal sealed class ScoreProbe(ITensorGraph graph, ImageInput image, ScoreCut cut)
{
    private readonly int batch = image.DeclaredBatch ?? 1;

    /// <summary>How to read the scores; null, with the reason added, when they are not one row of class scores an item.</summary>
    internal ScoreReader? Read(List<string> problems, List<string> warnings)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var scores = Run();
        var classes = scores.numel() / batch;
        if (scores.numel() % batch != 0 || scores.shape.Count(size => size > 1) > (batch > 1 ? 2 : 1) || classes < 1)
        {
            problems.Add($"Scores '{cut.Tensor}' have shape {string.Join('×', scores.shape)} for {batch} image(s); a classifier gives N×K. Name the tensor that holds the class scores as output.");
            return null;
        }

        Warn(scores, (int)classes, warnings);
        return classes == 1 ? new ScoreReader(cut.Tensor, ScoreKind.BinarySigmoid, 2) : new ScoreReader(cut.Tensor, ScoreKind.Softmax, (int)classes);
    }

    private void Warn(torch.Tensor scores, int classes, List<string> warnings)
    {
        if (classes == 1 && cut.Activation is null)
        {
            warnings.Add($"The only output '{cut.Tensor}' does not end in a Sigmoid; it is read as the logit of class 1.");
        }
        else if (classes > 1 && cut.Activation == "Sigmoid")
        {
            warnings.Add($"The {classes} outputs end in a Sigmoid each (several labels at once); the explained class is the best-scoring one, and confidence is a softmax over all.");
        }
        else if (classes > 1 && LooksLikeProbabilities(scores))
        {
            warnings.Add($"Scores '{cut.Tensor}' look like probabilities (not negative, sum 1): gradients vanish for confident predictions. Name the tensor before the softmax as output.");
        }
    }

    private bool LooksLikeProbabilities(torch.Tensor scores) =>
        scores.min().item<float>() >= 0 && Math.Abs(scores.sum().item<float>() - batch) < 1e-3 * batch;

    private torch.Tensor Run()
    {
        // Not zero: a model without biases would give all-zero scores.
        var images = torch.full([batch, image.Input.Channels, image.Input.Height, image.Input.Width], Held(.5), torch.ScalarType.Float32, graph.Device);
        return graph.Run(image.Feed(images), cut.Tensor)[cut.Tensor].to(torch.ScalarType.Float32);
    }
}
