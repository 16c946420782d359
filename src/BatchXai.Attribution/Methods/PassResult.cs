using TorchSharp;

namespace BatchXai.Attribution.Methods;

/// <summary>What the shared pass yields for n heatmaps. Tensors live as long as the pass's dispose scope.</summary>
internal sealed record PassResult
{
    /// <summary>The explained quantity is the loss of the label instead of the score of the target.</summary>
    internal required bool Loss { get; init; }

    /// <summary>A, n×D×h×w.</summary>
    internal torch.Tensor? Activation { get; init; }

    /// <summary>mean_hw(∂s/∂A_d), n×D.</summary>
    internal torch.Tensor? PooledGradient { get; init; }

    /// <summary>∂s/∂A, n×D×h×w; null where the closed form made a backward pass needless (it is PooledGradient everywhere then).</summary>
    internal torch.Tensor? ActivationGradient { get; init; }

    /// <summary>∂s/∂x, n×C×H×W.</summary>
    internal torch.Tensor? InputGradient { get; init; }

    /// <summary>W[c] of each target class c, n×D; null without a linear head.</summary>
    internal torch.Tensor? HeadRows { get; init; }

    /// <summary>Σ_d weights_d·A_d, n×h×w.</summary>
    internal torch.Tensor WeighActivation(torch.Tensor weights)
    {
        var shape = Activation!.shape;
        return weights.unsqueeze(1).bmm(Activation.flatten(2)).reshape(shape[0], shape[2], shape[3]);
    }
}
