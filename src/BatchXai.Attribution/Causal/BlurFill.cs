using BatchXai.Onnx.Torch;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Causal;

/// <summary>
/// Fills by normalised convolution (Knutsson and Westin 1993): the mean of the known pixels, weighted by a Gaussian as wide as a tenth of the image. Far from every known
/// pixel it becomes the plain mean of all of them.
/// </summary>
internal static class BlurFill
{
    private const double Width = .1;

    // What the plain mean weighs: nothing beside a pixel that is near, all where the Gaussian has died away.
    private const double MeanWeight = 1e-3;

    /// <summary>Images n×C×H×W in which what is not known was replaced.</summary>
    /// <param name="images">Images n×C×H×W.</param>
    /// <param name="known">1 where a pixel is background, 0 where it is to be filled, n×1×H×W; each image has a 1.</param>
    internal static torch.Tensor Fill(torch.Tensor images, torch.Tensor known)
    {
        using var scope = torch.NewDisposeScope();
        var deviation = Width * Math.Max(images.shape[2], images.shape[3]);
        var seen = images.mul(known);
        var mean = seen.sum([2, 3], keepdim: true).div(known.sum([2, 3], keepdim: true));
        var weight = GaussianBlur.Apply(known, deviation).Plus(Held(MeanWeight));
        var filled = GaussianBlur.Apply(seen, deviation).Plus(mean.mul(Held(MeanWeight))).div(weight);
        return torch.where(known.gt(Held(0)), images, filled).MoveToOuterDisposeScope();
    }
}
