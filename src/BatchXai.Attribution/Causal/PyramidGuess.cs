using BatchXai.Onnx.Torch;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Causal;

/// <summary>A first guess for what is not known: the mean of what is known, taken from the finest grid on which there is anything near (Gortler et al. 1996, push-pull).</summary>
internal static class PyramidGuess
{
    /// <summary>The field n×C×H×W with its unknown pixels guessed; sides halve <paramref name="levels"/> times without a rest.</summary>
    internal static torch.Tensor Of(torch.Tensor field, torch.Tensor known, int levels)
    {
        using var scope = torch.NewDisposeScope();
        var sums = new List<torch.Tensor> { field.mul(known) };
        var weights = new List<torch.Tensor> { known };
        for (var level = 0; level < levels; level++)
        {
            sums.Add(DiffusionFill.Halve(sums[^1]));
            weights.Add(DiffusionFill.Halve(weights[^1]));
        }

        var guess = sums[0].sum([2, 3], keepdim: true).div(weights[0].sum([2, 3], keepdim: true)).expand(sums[^1].shape);
        for (var level = levels; level >= 0; level--)
        {
            guess = level < levels ? DiffusionFill.Double(guess) : guess;
            var isKnown = weights[level].gt(Held(0));
            guess = torch.where(isKnown, sums[level].div(weights[level].clamp_min(Held(1e-12))), guess);
        }

        return guess.MoveToOuterDisposeScope();
    }
}
