using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests;

/// <summary>Small models with fixed pseudo-random weights.</summary>
internal static class SampleModels
{
    /// <summary>x N×3×8×8 → conv → norm → relu → pool → flat → logits N×5: a classifier in miniature.</summary>
    public static byte[] Classifier() => new OnnxModelBuilder(17)
        .Input("x", [null, 3, 8, 8])
        .Output("logits", [null, 5])
        .Initializer("w", [4, 3, 3, 3], Numbers(108, 1))
        .Initializer("b", [4], Numbers(4, 2))
        .Initializer("scale", [4], Positive(4, 3))
        .Initializer("shift", [4], Numbers(4, 4))
        .Initializer("mean", [4], Numbers(4, 5))
        .Initializer("var", [4], Positive(4, 6))
        .Initializer("head", [5, 4], Numbers(20, 7))
        .Initializer("head_bias", [5], Numbers(5, 8))
        .Node("Conv", ["x", "w", "b"], "conv", ("pads", new[] { 1, 1, 1, 1 }))
        .Node("BatchNormalization", ["conv", "scale", "shift", "mean", "var"], "norm", ("epsilon", 1e-3f))
        .Node("Relu", ["norm"], "relu")
        .Node("GlobalAveragePool", ["relu"], "pool")
        .Node("Flatten", ["pool"], "flat")
        .Node("Gemm", ["flat", "head", "head_bias"], "logits", ("transB", 1))
        .ToBytes();

    public static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    public static float[] Positive(int count, int seed) => [.. Numbers(count, seed).Select(value => MathF.Abs(value) + 0.5f)];

    public static Tensor Images(int count, int seed = 11) => torch.tensor(Numbers(count * 3 * 64, seed), [count, 3, 8, 8]);

    public static Dictionary<string, Tensor> Feed(string name, Tensor tensor) => new() { [name] = tensor };
}
