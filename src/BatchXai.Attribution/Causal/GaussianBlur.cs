using TorchSharp;

namespace BatchXai.Attribution.Causal;

/// <summary>
/// Gaussian smoothing as two matrix products, one an axis: its cost does not depend on its width. At an edge the weights that are left are scaled up to one, so that a
/// constant image stays what it is.
/// </summary>
internal static class GaussianBlur
{
    /// <summary>Images n×C×H×W, smoothed with a deviation in pixels.</summary>
    internal static torch.Tensor Apply(torch.Tensor images, double deviation)
    {
        using var scope = torch.NewDisposeScope();
        var (height, width) = (images.shape[2], images.shape[3]);
        var across = images.reshape(-1, width).mm(Weights((int)width, deviation, images.device)).reshape(-1, height, width);
        var down = across.transpose(1, 2).reshape(-1, height).mm(Weights((int)height, deviation, images.device)).reshape(-1, width, height);
        return down.transpose(1, 2).reshape(images.shape).MoveToOuterDisposeScope();
    }

    /// <summary>Column j holds the weights of the pixels that make pixel j.</summary>
    private static torch.Tensor Weights(int side, double deviation, torch.Device device)
    {
        var weights = new float[side * side];
        for (var to = 0; to < side; to++)
        {
            double sum = 0;
            for (var from = 0; from < side; from++)
            {
                sum += Weight(from, to);
            }

            for (var from = 0; from < side; from++)
            {
                weights[(from * side) + to] = (float)(Weight(from, to) / sum);
            }
        }

        return torch.tensor(weights, [side, side]).to(device);

        double Weight(int from, int to) => Math.Exp(-(double)(from - to) * (from - to) / (2 * deviation * deviation));
    }
}
