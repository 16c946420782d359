using BatchXai.Contracts.Models;
using BatchXai.Onnx;
using BatchXai.Worker.Inspect;
using Xunit;

namespace BatchXai.Worker.Tests.Inspect;

public sealed class ModelInspectorTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task Inspect_ModelThatNormalisesItself_AdvisesThePreset_AndWarnsAuditsOfAnother()
    {
        Write(127.5f);

        var (description, problems) = await ModelInspector.InspectAsync(Spec("imagenet"), [], Ct);

        Assert.Empty(problems);
        var advice = description!.Preprocessing!;
        Assert.Equal(("none", true), (advice.Preset, advice.IsMeasured));
        Assert.All(advice.Mean, mean => Assert.Equal(127.5, mean, 1e-3));
        Assert.Contains("(x − 127.5) / 127.5", advice.Text, StringComparison.Ordinal);
        Assert.Empty(description.Warnings);
        Assert.Contains("--preprocess none", (await WarningsAsync("imagenet")).Single(), StringComparison.Ordinal);
        Assert.Single(await WarningsAsync("0-1"));
        Assert.Empty(await WarningsAsync("none"));
    }

    [Fact]
    public async Task Inspect_PixelsFromZeroToOne_FitThatPreset()
    {
        Write(.5f);

        Assert.Empty(await WarningsAsync("0-1"));
        Assert.Contains("expects 0 to 1", (await WarningsAsync("tf")).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_ChannelsLast_IsDescribed_WithWhyAMethodIsImpossible()
    {
        File.WriteAllBytes(path, new OnnxModelBuilder(13).Input("x", [1, 8, 8, 3]).Node("Relu", ["x"], "act").Node("ReduceMean", ["act"], "mean", ("axes", new long[] { 1, 2 }), ("keepdims", 0L))
            .Node("Relu", ["mean"], "scores").Node("Softmax", ["scores"], "out").Output("out", [1, 3]).ToBytes());

        var description = (await ModelInspector.InspectAsync(Spec("none"), [], Ct)).Description!;

        Assert.Equal((InputLayout.ChannelsLast, 1, null, false), (description.InputLayout, description.DeclaredBatch, description.FixedBatch, description.BatchIsFreed));
        Assert.Equal(("scores", "out"), (description.Scores, description.Output));
        Assert.Equal(["Softmax"], description.CutOff);
        Assert.Equal(new LayerDescription("act", "Relu", 3, 8, 8) { Layout = LayerLayout.ChannelsLast }, description.Layer);
        Assert.Empty(description.MethodProblems.Keys.Except(["cam"]));
    }

    [Fact]
    public async Task Inspect_WeightsBesideTheModel_ArePartOfItsHash()
    {
        var name = Path.GetFileName(path) + ".data";
        var weights = Path.Combine(Path.GetDirectoryName(path)!, name);
        try
        {
            File.WriteAllBytes(weights, [0, 0, 128, 63]);
            File.WriteAllBytes(path, new OnnxModelBuilder(13).Input("x", [null, 3, 8, 8]).ExternalInitializer("w", OnnxElementType.Float, [1], ("location", name))
                .Node("Mul", ["x", "w"], "act").Node("GlobalAveragePool", ["act"], "pool").Node("Flatten", ["pool"], "scores").Output("scores", [null, 3]).ToBytes());
            var first = (await ModelInspector.InspectAsync(Spec("none"), [], Ct)).Description!;
            File.WriteAllBytes(weights, [0, 0, 0, 64]);
            var second = (await ModelInspector.InspectAsync(Spec("none"), [], Ct)).Description!;

            Assert.NotEqual(first.Hash, second.Hash);
        }
        finally
        {
            File.Delete(weights);
        }
    }

    private async Task<IReadOnlyList<string>> WarningsAsync(string preset) => (await ModelInspector.InspectAsync(Spec(preset), ["saliency"], Ct)).Description!.Warnings;

    private ModelSpec Spec(string preset) => new() { Path = path, Preprocess = PreprocessPresets.All[preset] };

    /// <summary>(x − half) / half, then channels averaged.</summary>
    private void Write(float half) => File.WriteAllBytes(path, new OnnxModelBuilder(13).Input("x", [null, 3, 8, 8]).Initializer("half", [], [half])
        .Node("Sub", ["x", "half"], "centred").Node("Div", ["centred", "half"], "normal").Node("Abs", ["normal"], "act").Node("GlobalAveragePool", ["act"], "pool").Node("Flatten", ["pool"], "scores")
        .Output("scores", [null, 3]).ToBytes());
}
