using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>Learns the shape of the scores, and whether batches work, by running small images.</summary>
internal sealed class ScoreProbe(DifferentiableGraph graph, ImageInput image, ScoreCut cut)
{
    private readonly int batch = image.FixedBatch ?? 1;

    /// <summary>How to read the scores; null, with the reason added, when they are not one row of class scores an item.</summary>
    internal ScoreReader? Read(List<string> problems, List<string> warnings)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var scores = Run(batch);
        var classes = scores.numel() / batch;
        if (scores.numel() % batch != 0 || scores.shape.Count(size => size > 1) > (batch > 1 ? 2 : 1) || classes < 1)
        {
            problems.Add($"Scores '{cut.Tensor}' have shape {string.Join('×', scores.shape)} for {batch} image(s); a classifier gives N×K. Name the tensor that holds the class scores as output.");
            return null;
        }

        Warn(scores, (int)classes, warnings);
        return classes == 1 ? new ScoreReader(cut.Tensor, ScoreKind.BinarySigmoid, 2) : new ScoreReader(cut.Tensor, ScoreKind.Softmax, (int)classes);
    }

    /// <summary>1 when a model with a free batch axis cannot take two images after all (a Reshape with a batch of one inside); null: any batch.</summary>
    internal int? FindFixedBatch(List<string> warnings)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        try
        {
            if (Run(2).numel() == 2 * Run(1).numel())
            {
                return null;
            }
        }
        catch (GraphExecutionException)
        {
            // Said below: the model works with one image.
        }

        warnings.Add("The model declares a free batch axis but works with one image at a time only; images are run one by one, which is slower.");
        return 1;
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

    private torch.Tensor Run(int items)
    {
        // Not zero: a model without biases would give all-zero scores.
        var images = torch.full([items, image.Input.Channels, image.Input.Height, image.Input.Width], .5f, torch.float32, graph.Device);
        return graph.Run(new Dictionary<string, torch.Tensor> { [image.Input.Name] = images }, cut.Tensor)[cut.Tensor];
    }
}
