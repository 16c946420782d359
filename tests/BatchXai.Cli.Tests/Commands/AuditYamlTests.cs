using BatchXai.Cli.Commands;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using Xunit;

namespace BatchXai.Cli.Tests.Commands;

public sealed class AuditYamlTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> problems = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ApplyFile_WholeRequest_IsRead()
    {
        var request = Read("""
            name: birds at night
            model:
              path: models/m.onnx
              labels:            # numbered
              preprocess:
                mean: [0.5, 0.4, 0.3]
                scale: 1/255
                fit: centerCrop
                resizeShorter: 232
            dataset: { path: /data/birds, split: val }
            methods: [cam, saliency]
            targets: both
            seed: 12
            """);
        Assert.Empty(problems);
        Assert.Equal(("birds at night", TargetChoice.Both, 12), (request.Name, request.Targets, request.Seed));
        Assert.Equal(Path.Combine(folder.Path, "models", "m.onnx"), request.Model.Path); // relative to the file
        Assert.Null(request.Model.Labels);
        Assert.Equal([.5, .4, .3], request.Model.Preprocess.Mean);
        Assert.Equal((1 / 255.0, FitMode.CenterCrop, 232), (request.Model.Preprocess.Scale, request.Model.Preprocess.Fit, request.Model.Preprocess.ResizeShorter));
        Assert.Equal(("/data/birds", "val"), (request.Dataset.Path, request.Dataset.Split));
        Assert.Equal(["cam", "saliency"], request.Methods);
    }

    [Fact]
    public void ApplyFile_PresetName_IsThePreset() =>
        Assert.Equal(ChannelOrder.Bgr, Read("model:\n  preprocess: caffe\n").Model.Preprocess.Order);

    [Fact]
    public void ApplyFile_UnknownKeysAndBadValues_AreAllToldWithTheirLines()
    {
        Read("name: x\nmethod: cam\nmodel:\n  pth: m.onnx\n  preprocess:\n    fit: round\nseed: many\n");
        Assert.Equal(
            [
                $"{File}:2: method: unknown key. Did you mean 'methods'?",
                $"{File}:4: model.pth: unknown key. Did you mean 'model.path'?",
                $"{File}:6: model.preprocess.fit: 'round'. Expected one of center-crop, squash, letterbox.",
                $"{File}:7: seed: 'many'. Expected a whole number.",
            ],
            problems);
    }

    [Theory]
    [InlineData("name: [a\nseed: 1\n", "not valid YAML")]
    [InlineData("name: a\nname: b\n", "not valid YAML")]
    [InlineData("name: \"a\nseed: 1\n", "not valid YAML")]
    [InlineData("- name\n", "expected keys and values")]
    [InlineData("model: m.onnx\n", "expected keys and values")]
    [InlineData("name: { a: b }\n", "expected a value or a list of values")]
    [InlineData("name: a\n---\nname: b\n", "2 documents")]
    public void ApplyFile_BadShape_IsOneProblemThatNamesTheFile(string text, string expected)
    {
        Read(text);
        var problem = Assert.Single(problems);
        Assert.StartsWith(File, problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ApplyFile_EmptyFile_ChangesNothing()
    {
        Read("# nothing yet\n");
        Assert.Empty(problems);
    }

    [Fact]
    public void ApplyFile_NoSuchFile_SaysSo()
    {
        AuditOptions.ApplyFile(File, AuditOptions.Empty, problems);
        Assert.Equal([$"{File}: no such file. Expected a YAML file."], problems);
    }

    private string File => Path.Combine(folder.Path, "audit.yaml");

    private AuditRequest Read(string text)
    {
        folder.Write("audit.yaml", text);
        return AuditOptions.ApplyFile(File, AuditOptions.Empty, problems);
    }
}
