using BatchXai.TorchScript.Archive;
using BatchXai.TorchScript.Rewrite;
using BatchXai.TorchScript.Tests.Building;
using Xunit;

namespace BatchXai.TorchScript.Tests.Rewrite;

public sealed class ScriptCodeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Layers_are_named_by_their_place_in_order_of_execution() => Assert.Equal(
        [
            "stem:Conv", "relu:ReLU",
            "blocks.0.conv:Conv", "blocks.0.relu:ReLU", "blocks.0.add():add", "blocks.0.relu#2:ReLU", "blocks.0:Block",
            "blocks.1.conv:Conv", "blocks.1.relu:ReLU", "blocks.1.add():add", "blocks.1.relu#2:ReLU", "blocks.1:Block",
            "blocks:Sequential", "adaptive_avg_pool2d():adaptive_avg_pool2d", "flatten():flatten", "fc:Linear",
        ],
        Rewritten(TinyScript.Traced()).Layers.Select(layer => $"{layer.Name}:{layer.Kind}"));

    [Fact]
    public void Branches_methods_and_free_functions_are_followed() => Assert.Equal(
        [
            "stem", "relu",
            "blocks.0.mul()", "blocks.0.conv", "blocks.0.relu", "blocks.0.shortcut()", "blocks.0.relu#2", "blocks.0",
            "blocks.1.mul()", "blocks.1.conv", "blocks.1.relu", "blocks.1.shortcut()", "blocks.1.relu#2", "blocks.1",
            "blocks", "relu#2", "adaptive_avg_pool2d()", "flatten()", "fc",
        ],
        Rewritten(TinyScript.Scripted()).Layers.Select(layer => layer.Name));

    [Fact]
    public void What_was_there_stays_as_it_is()
    {
        var archive = ScriptArchive.Open(Sample.Path("scripted.pt"));
        var code = ScriptCode.Rewrite(archive);
        foreach (var (file, text) in archive.Code)
        {
            Assert.Empty(text.Split('\n').Except(code.Files[file].Split('\n')));
        }
    }

    [Theory]
    [InlineData("traced.pt", "layer1.1.bn2", "layer1.1.relu#2", "relu()")]
    [InlineData("scripted.pt", "layer1.1.bn2", "layer1.1.relu#2", "relu()")]
    [InlineData("frozen.pt", "convolution()#5", "relu()#5", "hardtanh()")]
    public void Finds_the_layers_of_what_pytorch_wrote(string sample, params string[] expected) =>
        Assert.Empty(expected.Except(ScriptCode.Rewrite(ScriptArchive.Open(Sample.Path(sample))).Layers.Select(layer => layer.Name)));

    [Theory]
    [InlineData("x: Tensor) -> Tensor:\n    fc = self.fc", "x: Tensor,\n      y: Tensor) -> Tensor:\n    fc = self.fc", "takes (x: Tensor, y: Tensor)")]
    [InlineData("x: Tensor) -> Tensor:\n    fc = self.fc", "x: List[Tensor]) -> Tensor:\n    fc = self.fc", "takes (x: List[Tensor])")]
    [InlineData("x: Tensor) -> Tensor:\n    fc = self.fc", "x: Tensor) -> Dict[str, Tensor]:\n    fc = self.fc", "returns Dict[str, Tensor]")]
    [InlineData("def forward(self: __torch__.net.Net", "def encode(self: __torch__.net.Net", "no method forward")]
    [InlineData("fc = self.fc", "fc = ops.prim.ConstantMKLDNNTensor()", "optimize_for_inference")]
    public void Refuses_what_is_no_classifier(string before, string after, string reason)
    {
        var refusal = Assert.Throws<ScriptModelException>(() => Rewritten(TinyScript.Changed(before, after)));
        Assert.Equal(ScriptProblem.UnsuitableModel, refusal.Problem);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_text_with_endless_calls_is_given_up()
    {
        // Sixty methods that each call the next one twice.
        var methods = string.Concat(Enumerable.Range(0, 60).Select(at =>
            $"  def m{at}(self: __torch__.net.Net,\n      x: Tensor) -> Tensor:\n    y = torch.relu((self).m{at + 1}(x, ))\n    return torch.relu((self).m{at + 1}(y, ))\n"));
        var text = $"class Net(Module):\n  training : bool\n{methods}  def m60(self: __torch__.net.Net,\n      x: Tensor) -> Tensor:\n    return x\n  def forward(self: __torch__.net.Net,\n      x: Tensor) -> Tensor:\n    return (self).m0(x, )\n";
        var path = folder.Add("net.pt", ArchiveBuilder.Build(new ScriptObject("__torch__.net.Net", ("training", false)), ("__torch__/net.py", text)));
        Assert.Throws<NotSupportedException>(() => ScriptCode.Rewrite(ScriptArchive.Open(path)));
    }

    private ScriptCode Rewritten(byte[] archive) => ScriptCode.Rewrite(ScriptArchive.Open(folder.Add("net.pt", archive)));
}
