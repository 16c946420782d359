using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using TorchSharp;

namespace BatchXai.Attribution.Tests.Methods;

/// <summary>
/// A network small enough for paper. One 2×2 image x = (1 2 3 4); two channels A₀ = ReLU(x) = (1 2 3 4) and A₁ = ReLU(6 − 2x) = (4 2 0 0);
/// means 2.5 and 1.5; W = (1 −1; −.5 2), b = (.5 0); so z = (1.5, 1.75) and class 1 is predicted.
/// </summary>
internal static class HandNet
{
    internal static readonly float[] Image = [1, 2, 3, 4];

    /// <summary>p₁ = softmax(z)₁.</summary>
    internal static readonly double P1 = 1 / (1 + Math.Exp(-.25));

    /// <summary>GAP + Gemm: CAM exists, Grad-CAM takes the closed form.</summary>
    internal static TinyNet Linear() => Pooled().Node("Gemm", "flat W b", "scores");

    /// <summary>A ReLU after the pooling, idle here: same numbers, but no linear head, so that gradients run through the tail.</summary>
    internal static TinyNet WithReluHead() => Pooled().Node("Relu", "flat", "idle").Node("Gemm", "idle W b", "scores");

    internal static TinyNet Pooled() => new TinyNet(null, 1, 2, 2)
        .Weight("K", [2, 1, 1, 1], 1, -2)
        .Weight("k", [2], 0, 6)
        .Weight("W", [2, 2], 1, -.5f, -1, 2)
        .Weight("b", [2], .5f, 0)
        .Node("Conv", "x K k", "conv")
        .Node("Relu", "conv", "act")
        .Node("GlobalAveragePool", "act", "pool")
        .Node("Flatten", "pool", "flat");

    internal static Classifier Load(TinyNet net, string? layer = null) => Classifier.Load(net.Build(), new ClassifierOptions { Layer = layer });

    internal static torch.Tensor Images(params float[][] images) => torch.tensor([.. images.SelectMany(image => image)], [images.Length, 1, 2, 2]);

    internal static Explanation Explain(this Classifier classifier, string method, bool loss = false, TargetMode targets = TargetMode.Predicted, int[]? label = null)
    {
        using var images = Images(Image);
        return classifier.Explain(images, new ExplainRequest { Methods = [method], Loss = loss, Targets = targets, LabelOutputs = label is null ? [] : [label] });
    }

    internal static void AssertClose(double[] expected, float[] actual, double tolerance = 1e-5)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        foreach (var (wanted, got) in expected.Zip(actual))
        {
            Xunit.Assert.Equal(wanted, got, tolerance);
        }
    }
}
