using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>Random tensors for measurements of a model, the same in every run.</summary>
internal static class Noise
{
    /// <summary>Uniform in −2 … 2, single precision.</summary>
    internal static torch.Tensor Of(torch.Device device, int seed, params long[] shape)
    {
        var random = new Random(seed);
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((4 * random.NextDouble()) - 2);
        }

        return torch.tensor(values, shape).to(device);
    }
}
