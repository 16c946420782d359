using System.CommandLine;
using System.Text.Json;
using BatchXai.Cli.Commands;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Browse;
using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.Cli.Tests.Commands;

/// <summary>The command of an item's page is one that this program reads as the audit's own request.</summary>
public sealed class ReplayCommandTests
{
    [Theory]
    [InlineData("--model /m.onnx --data /d")]
    [InlineData("--model /m.pt --trust-model yes --labels /l.txt --layer relu5 --output-tensor z --mean=-.1,.2,.3 --std 2 --scale 1/127.5 --order bgr --fit center-crop --resize-shorter 300 --size 320x240 " +
        "--data /d.csv --masks /k --class-map /c.csv --split val --methods cam,saliency --targets both --objective loss --causal full --overlays all --seed 7")]
    [InlineData("--model azblob://models/m.onnx --data azblob://data/images --preprocess caffe --fit letterbox --padding 7 --methods saliency --targets label --causal off")]
    public void Every_setting_comes_back(string flags)
    {
        var request = Parse(flags.Split(' '));
        var command = ReplayCommand.Of(request, "@cat/1.png", null).Split(' ');
        Assert.Equal(["batchxai", "run"], command[..2]);
        Assert.Equal(["--out", "again"], command[^2..]);
        var expected = request with { Dataset = request.Dataset with { Item = "@cat/1.png" }, Overlays = OverlayChoice.All, Causal = request.Causal == CausalChoice.Off ? CausalChoice.Off : CausalChoice.Full };
        Assert.Equal(Json(expected), Json(Parse(command[2..^2])));
    }

    [Fact]
    public void A_server_is_asked_for_what_lies_there() =>
        Assert.Equal(
            "batchxai submit --model azblob://a/m.onnx --data /d --item 'it'\\''s one.png' --methods gradcam --causal full --overlays all --server https://batchxai.example:8443",
            ReplayCommand.Of(Parse(["--model", "azblob://a/m.onnx", "--data", "/d"]), "it's one.png", "https://batchxai.example:8443"));

    private static AuditRequest Parse(string[] flags)
    {
        var (command, options, problems) = (new Command("run"), new AuditOptions(), new List<string>());
        options.AddTo(command);
        var parsed = command.Parse(flags);
        Assert.Empty(parsed.Errors);
        var request = options.Apply(parsed, AuditOptions.Empty, problems);
        Assert.Empty(problems);
        return request;
    }

    private static string Json(AuditRequest request) => JsonSerializer.Serialize(request, StorageJson.Options);
}
