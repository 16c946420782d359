using System.CommandLine;
using BatchXai.Cli.Commands;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using Xunit;

namespace BatchXai.Cli.Tests.Commands;

public sealed class AuditOptionsTests
{
    [Fact]
    public void Apply_EveryFlag_SetsItsField()
    {
        var (request, problems) = Parse(
            "--model m.onnx --labels l.txt --layer relu5 --output-tensor z --mean .1,.2,.3 --std 2 --scale 1/127.5 --order bgr --fit letterbox " +
            "--resize-shorter 300 --padding 7 --size 320x240 --data d --masks k --class-map c.csv --split val --item a/1.png --methods cam,saliency --targets both " +
            "--objective loss --maps full --overlays all --causal full --shard-size 5 --batch-size 6 --seed 7 --name night");
        Assert.Empty(problems);
        Assert.Equal(Path.GetFullPath("m.onnx"), request.Model.Path);
        Assert.Equal(Path.GetFullPath("l.txt"), request.Model.Labels);
        Assert.Equal("relu5", request.Model.Layer);
        Assert.Equal("z", request.Model.Output);
        var preprocess = request.Model.Preprocess;
        Assert.Equal([.1, .2, .3], preprocess.Mean);
        Assert.Equal([2], preprocess.Std);
        Assert.Equal(1 / 127.5, preprocess.Scale);
        Assert.Equal(
            (ChannelOrder.Bgr, FitMode.Letterbox, 300, 7, 320, 240),
            (preprocess.Order, preprocess.Fit, preprocess.ResizeShorter, preprocess.Padding, preprocess.Width, preprocess.Height));
        Assert.Equal(
            (Path.GetFullPath("d"), Path.GetFullPath("k"), Path.GetFullPath("c.csv"), "val", "a/1.png"),
            (request.Dataset.Path, request.Dataset.Masks, request.Dataset.ClassMap, request.Dataset.Split, request.Dataset.Item));
        Assert.Equal(["cam", "saliency"], request.Methods);
        Assert.Equal(
            (TargetChoice.Both, Objective.Loss, MapStorage.Full, OverlayChoice.All, CausalChoice.Full, 5, 6, 7, "night"),
            (request.Targets, request.Objective, request.Maps, request.Overlays, request.Causal, request.ShardSize, request.BatchSize, request.Seed, request.Name));
    }

    [Fact]
    public void Apply_NoFlag_KeepsTheRequest()
    {
        var start = AuditOptions.Empty with { Name = "kept", Seed = 4, Methods = ["saliency"] };
        var (request, problems) = Parse("", start);
        Assert.Empty(problems);
        Assert.Equal(start, request with { Model = start.Model, Dataset = start.Dataset });
        Assert.Equal(start.Model.Preprocess.Mean, request.Model.Preprocess.Mean);
    }

    [Fact]
    public void Apply_PresetAndFlag_FlagWinsOverPreset()
    {
        var preprocess = Parse("--preprocess caffe --order rgb --size 96").Request.Model.Preprocess;
        Assert.Equal([103.939, 116.779, 123.68], preprocess.Mean);
        Assert.Equal((ChannelOrder.Rgb, 96, 96), (preprocess.Order, preprocess.Width, preprocess.Height));
    }

    [Fact]
    public void Apply_PreprocessFile_IsReadWithItsOwnKeys()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("pre.yaml", "mean: [0.5]\nfit: squash\nwidht: 3\n");
        var (request, problems) = Parse($"--preprocess {file}");
        Assert.Equal((.5, FitMode.Squash), (Assert.Single(request.Model.Preprocess.Mean), request.Model.Preprocess.Fit));
        Assert.Equal([$"{file}:3: widht: unknown key. Did you mean 'width'?"], problems);
    }

    [Theory]
    [InlineData("--scale x", "--scale: 'x'. Expected a number or a fraction such as 1/255.")]
    [InlineData("--seed 1.5", "--seed: '1.5'. Expected a whole number.")]
    [InlineData("--fit stretch", "--fit: 'stretch'. Expected one of center-crop, squash, letterbox.")]
    [InlineData("--mean .5,a", "--mean: '.5,a'. Expected numbers separated by commas, for instance 0.485,0.456,0.406.")]
    [InlineData("--size 3x4x5", "--size: '4, 5'. Expected one value.")]
    [InlineData("--preprocess imagnet", "--preprocess: 'imagnet' is neither a preset nor a file. Expected one of imagenet, tf, caffe, 0-1, none, or a YAML file. Did you mean 'imagenet'?")]
    public void Apply_BadValue_IsOneClearProblem(string arguments, string problem) => Assert.Equal([problem], Parse(arguments).Problems);

    [Fact]
    public void Apply_SeveralBadValues_AreAllTold() => Assert.Equal(3, Parse("--seed a --fit b --targets c").Problems.Count);

    [Theory]
    [InlineData("center-crop")]
    [InlineData("centerCrop")]
    [InlineData("CENTER_CROP")]
    public void Apply_ChoiceInAnySpelling_IsUnderstood(string text) =>
        Assert.Equal(FitMode.CenterCrop, Parse($"--preprocess tf --fit {text}").Request.Model.Preprocess.Fit);

    private static (AuditRequest Request, List<string> Problems) Parse(string arguments, AuditRequest? start = null)
    {
        var options = new AuditOptions();
        var command = new RootCommand();
        options.AddTo(command);
        List<string> problems = [];
        var parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return (options.Apply(parsed, start ?? AuditOptions.Empty, problems), problems);
    }
}
