using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>A head z = W·mean(A) + b: global average pooling and one linear layer, so that CAM exists and needs no backward pass.</summary>
internal sealed class LinearHead : IDisposable
{
    internal LinearHead(torch.Tensor weights, torch.Tensor bias, bool isExact) =>
        (Weights, Bias, IsExact) = (weights.DetachFromDisposeScope(), bias.DetachFromDisposeScope(), isExact);

    /// <summary>W, K×D.</summary>
    internal torch.Tensor Weights { get; }

    /// <summary>b, K.</summary>
    internal torch.Tensor Bias { get; }

    /// <summary>False where a ReLU lies between the (class-wise) activation and the pooling: CAM exists, but gradients are not W/(h·w).</summary>
    internal bool IsExact { get; }

    public void Dispose()
    {
        Weights.Dispose();
        Bias.Dispose();
    }
}
