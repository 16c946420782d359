using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Onnx;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Methods;

public class GradientTests
{
    private const int Side = 6;

    [Fact]
    public void Saliency_EqualsCentralDifferences()
    {
        var model = Net().Build();
        using var classifier = Classifier.Load(model, new ClassifierOptions());
        var image = Noise(3, 2 * Side * Side);
        using var input = torch.tensor(image, [1, 2, Side, Side]);

        var map = classifier.Explain(input, new ExplainRequest { Methods = ["saliency"] }).Maps.Single();

        using var exact = DifferentiableGraph.Compile(model, doublePrecision: true);
        for (var cell = 0; cell < Side * Side; cell++)
        {
            var expected = Enumerable.Range(0, 2).Sum(channel => Math.Abs(Slope(exact, image, (channel * Side * Side) + cell, map.TargetOutput)));
            Assert.Equal(expected, map.Values[cell], 1e-4);
        }
    }

    [Fact]
    public void GradCam_OnGlobalPoolingAndLinearHead_IsCamUpToAFactor()
    {
        using var classifier = Classifier.Load(Net().Build(), new ClassifierOptions());
        using var input = torch.tensor(Noise(5, 4 * 2 * Side * Side), [4, 2, Side, Side]);

        var explanation = classifier.Explain(input, new ExplainRequest { Methods = ["cam", "gradcam"] });

        foreach (var pair in explanation.Maps.Chunk(2))
        {
            HandNet.AssertClose([.. pair[0].Values.Select(value => Math.Max(value, 0) / (double)(Side * Side))], pair[1].Values, 1e-6);
        }
    }

    private static double Slope(DifferentiableGraph graph, float[] image, int at, int output)
    {
        const double step = 1e-5;
        return (Score(step) - Score(-step)) / (2 * step);

        double Score(double change)
        {
            using var scope = torch.NewDisposeScope();
            var moved = Array.ConvertAll(image, value => (double)value);
            moved[at] += change;
            var feeds = new Dictionary<string, torch.Tensor> { ["x"] = torch.tensor(moved, [1, 2, Side, Side]) };
            return graph.Run(feeds, "scores")["scores"].data<double>()[output];
        }
    }

    /// <summary>Two smooth 3×3 convolutions, global pooling, a linear layer.</summary>
    private static TinyNet Net() => new TinyNet(null, 2, Side, Side)
        .Weight("K1", [4, 2, 3, 3], Noise(7, 72)).Weight("k1", [4], Noise(8, 4))
        .Weight("K2", [3, 4, 3, 3], Noise(9, 108)).Weight("k2", [3], Noise(10, 3))
        .Weight("W", [3, 5], Noise(11, 15)).Weight("b", [5], Noise(12, 5))
        .Node("Conv", "x K1 k1", "c1", ("pads", new long[] { 1, 1, 1, 1 })).Node("Tanh", "c1", "t1")
        .Node("Conv", "t1 K2 k2", "c2", ("pads", new long[] { 1, 1, 1, 1 })).Node("Sigmoid", "c2", "t2")
        .Node("GlobalAveragePool", "t2", "pool").Node("Flatten", "pool", "flat").Node("Gemm", "flat W b", "scores");

    private static float[] Noise(int seed, int count)
    {
        var random = new Random(seed);
        return Array.ConvertAll(new float[count], _ => (float)((2 * random.NextDouble()) - 1));
    }
}
