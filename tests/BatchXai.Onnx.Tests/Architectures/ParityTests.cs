using BatchXai.Testing.Architectures;
using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Architectures;

/// <summary>Whole architectures against ONNX Runtime, which also checks that the files are valid.</summary>
public sealed class ParityTests(ITestOutputHelper output)
{
    public static MatrixTheoryData<string, int> Cases => new(Catalogue.All.Keys, [1, 3]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_MatchOnnxRuntime(string name, int batch)
    {
        using var scope = torch.NewDisposeScope();
        var architecture = Catalogue.All[name];
        var model = architecture.Write();
        var images = architecture.Images(batch);
        var (theirs, shape) = OrtSession.Run(model, architecture.Input, images, [batch, .. architecture.Image.Select(side => (int)side)]);
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));

        using var noGrad = torch.no_grad();
        var ours = graph.Run(SampleModels.Feed(architecture.Input, torch.tensor(images, [batch, .. architecture.Image])), architecture.Output)[architecture.Output];

        var expected = torch.tensor(theirs, Array.ConvertAll(shape, dim => (long)dim));
        var error = Tensors.RelativeError(ours, expected);
        var variation = Tensors.RelativeError(expected[0], expected[batch - 1]);
        output.WriteLine($"{name}, batch {batch}: relative error {error:E1}, largest score {theirs.Max(Math.Abs):G3}{(batch > 1 ? $", images differ by {variation:P1} of it" : "")}");
        Assert.InRange(error, 0, architecture.Tolerance);

        // Scores that hardly depend on the image would prove little.
        Assert.True(batch == 1 || variation > 0.05, $"the scores of two images differ by {variation:P1} only");
    }
}
