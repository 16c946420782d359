using BatchXai.Attribution.Models;
using TorchSharp;

namespace BatchXai.Attribution.Methods;

/// <summary>
/// Saliency, Simonyan et al. 2014 (arXiv 1312.6034), summed over colour channels: Σ_channels |∂z_c/∂x|; with the loss objective
/// Σ_channels |∂loss/∂x|. The map stays raw: scaling to 0 … 255 is for pictures.
/// </summary>
internal sealed class Saliency : IAttributionMethod
{
    public string Name => "saliency";

    public Needs Needs => Needs.InputGradient;

    public string? Problem(ClassifierParts parts) => null;

    public torch.Tensor Maps(PassResult pass) => pass.InputGradient!.abs().sum(1);
}
