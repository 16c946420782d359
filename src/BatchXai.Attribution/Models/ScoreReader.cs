using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>Reads the score tensor as one row of K class scores an item.</summary>
/// <param name="Tensor">Name of the score tensor.</param>
/// <param name="Kind">How scores become probabilities.</param>
/// <param name="Classes">K.</param>
internal sealed record ScoreReader(string Tensor, ScoreKind Kind, int Classes)
{
    /// <summary>Class scores N×K in single precision, differentiable. Axes of length one are dropped; a single output z becomes the two columns (−z, z).</summary>
    internal torch.Tensor Read(torch.Tensor scores, long items)
    {
        if (Kind == ScoreKind.Softmax)
        {
            return scores.reshape(items, Classes).to(torch.ScalarType.Float32);
        }

        var single = scores.reshape(items, 1).to(torch.ScalarType.Float32);
        return torch.cat([-single, single], 1);
    }

    /// <summary>Probability of each class for one item's finite scores.</summary>
    internal double[] Probabilities(ReadOnlySpan<float> scores)
    {
        var probabilities = new double[scores.Length];
        var largest = double.NegativeInfinity;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        for (var c = 0; c < scores.Length; c++)
        {
            // sigmoid(z_c) needs no sum: for one output the scores of the classes are z and −z.
            probabilities[c] = Kind == ScoreKind.BinarySigmoid ? 1 / (1 + Math.Exp(-(double)scores[c])) : Math.Exp(scores[c] - largest);
            sum += probabilities[c];
        }

        return Kind == ScoreKind.BinarySigmoid ? probabilities : Array.ConvertAll(probabilities, value => value / sum);
    }

    /// <summary>
    /// Derivative of the cross-entropy for a label with respect to the class scores: softmax(z) − onehot; for a single sigmoid output
    /// the derivative of −ln sigmoid(z_c), with z_c = ±z.
    /// </summary>
    internal double[] LossGradient(ReadOnlySpan<float> scores, int label)
    {
        var gradient = Probabilities(scores);
        if (Kind == ScoreKind.BinarySigmoid)
        {
            gradient[1 - label] = 0;
        }

        gradient[label] -= 1;
        return gradient;
    }
}
