using TorchSharp;

namespace BatchXai.Attribution.Tests.Causal;

/// <summary>Synthetic images n×C×H×W.</summary>
internal static class Pictures
{
    /// <summary>An image's value by item, channel, and its place in 0 … 1.</summary>
    internal static torch.Tensor Of(int items, int channels, int height, int width, Func<int, int, double, double, double> value)
    {
        var values = new float[items * channels * height * width];
        for (var at = 0; at < values.Length; at++)
        {
            var (x, y, plane) = (at % width, at / width % height, at / width / height);
            values[at] = (float)value(plane / channels, plane % channels, (y + .5) / height, (x + .5) / width);
        }

        return torch.tensor(values, [items, channels, height, width]);
    }

    internal static torch.Tensor Noise(int items, int channels, int height, int width)
    {
        using var random = new torch.Generator(7);
        return torch.randn([items, channels, height, width], generator: random);
    }

    internal static float Difference(torch.Tensor expected, torch.Tensor actual) => (expected - actual).abs().max().item<float>();
}
