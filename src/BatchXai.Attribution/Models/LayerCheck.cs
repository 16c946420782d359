using BatchXai.Onnx;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Models;

/// <summary>Whether the scores read the cells of a layer: by the gradient of a random direction of the scores, on random images.</summary>
internal sealed class LayerCheck(DifferentiableGraph graph, ImageInput image, int? fixedBatch)
{
    // Prefix tokens can carry everything while rounding leaves traces on the cells.
    private const float Trace = 1e-9f;

    /// <summary>True when the gradient reaches the cells: any, or at least half of them where there are prefix tokens to hide behind.</summary>
    internal bool Reads(SpatialLayer layer, Tail tail)
    {
        using var scope = torch.NewDisposeScope();
        var items = fixedBatch ?? 2;
        var images = Noise.Of(graph.Device, 1, items, image.Input.Channels, image.Input.Height, image.Input.Width);
        var activation = Activation(layer, images);
        if (activation.shape[0] != items)
        {
            return false;
        }

        using var _ = torch.enable_grad();
        var leaf = activation.detach().requires_grad_();
        var scores = tail.Scores(leaf, images);
        if (!scores.requires_grad)
        {
            return false;
        }

        torch.autograd.backward([scores], [Noise.Of(graph.Device, 2, scores.shape)], inputs: [leaf]);
        return leaf.grad is { } gradient && ReachesCells(layer, gradient);
    }

    private torch.Tensor Activation(SpatialLayer layer, torch.Tensor images)
    {
        using var _ = torch.no_grad();
        return graph.Run(image.Feed(images), layer.Tensor)[layer.Tensor];
    }

    private static bool ReachesCells(SpatialLayer layer, torch.Tensor gradient)
    {
        using var _ = torch.no_grad();
        var cells = layer.ToGrid(gradient).abs().sum(1);
        var floor = gradient.abs().max().to(torch.ScalarType.Float32).item<float>() * Trace;
        var reached = cells.gt(Held(floor)).to(torch.ScalarType.Float32).mean().item<float>();
        return layer.PrefixTokens > 0 ? reached >= .5f : reached > 0;
    }
}
