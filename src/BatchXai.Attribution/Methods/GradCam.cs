using BatchXai.Attribution.Models;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Methods;

/// <summary>
/// Grad-CAM, Selvaraju et al. 2017 (arXiv 1610.02391): ReLU(Σ_d α_d·A_d) with α_d = mean_hw(∂z_c/∂A_d). With the loss objective: mean
/// instead of sum over the channels, ∂loss/∂A, and the map divided by its maximum.
/// </summary>
internal sealed class GradCam : IAttributionMethod
{
    public string Name => "gradcam";

    public Needs Needs => Needs.Activation | Needs.ActivationGradient;

    public string? Problem(ClassifierParts parts) =>
        parts.Layer is null ? "Grad-CAM needs a target layer, and the model has no spatial activation that leads to all scores; name one as layer, or use saliency." : null;

    public torch.Tensor Maps(PassResult pass)
    {
        var maps = torch.nn.functional.relu(pass.WeighActivation(pass.PooledGradient!));
        return pass.Loss ? DividedByMaximum(maps.div(Held(pass.Activation!.shape[1]))) : maps;
    }

    private static torch.Tensor DividedByMaximum(torch.Tensor maps)
    {
        var maximum = maps.amax([1, 2], keepdim: true);

        // A map without positive evidence stays zero; NaN would hide that.
        return maps / torch.where(maximum.gt(Held(0)), maximum, torch.ones_like(maximum));
    }
}
