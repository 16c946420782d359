using BatchXai.Attribution.Models;
using TorchSharp;

namespace BatchXai.Attribution.Methods;

/// <summary>
/// Class activation mapping, Zhou et al. 2016 (arXiv 1512.04150): Σ_d W[c,d]·A_d, signed, without the bias. It has no loss form: with the
/// loss objective it is the same map, for the label.
/// </summary>
internal sealed class Cam : IAttributionMethod
{
    public string Name => "cam";

    public Needs Needs => Needs.Activation;

    public string? Problem(ClassifierParts parts) => parts.NoHeadReason;

    public torch.Tensor Maps(PassResult pass) => pass.WeighActivation(pass.HeadRows!);
}
