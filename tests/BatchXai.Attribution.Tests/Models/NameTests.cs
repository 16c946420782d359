using BatchXai.Attribution.Models;
using BatchXai.Attribution.Tests.Methods;
using BatchXai.Onnx;
using Xunit;

namespace BatchXai.Attribution.Tests.Models;

public class NameTests
{
    [Theory]
    [InlineData("/layer4/layer4.2/relu_2/Relu_output_0", "layer4.2.relu_2", "Relu")]
    [InlineData("/layers/layers.0/blocks/blocks.1/norm1/LayerNormalization_output_0", "layers.0.blocks.1.norm1", "LayerNormalization")]
    [InlineData("/Relu_output_0", "", "Relu")]
    [InlineData("StatefulPartitionedCall/model/conv5_block3_out/Relu:0", "conv5_block3_out", "Relu")]
    [InlineData("resnet50/conv5_block3_out/Relu:0", "conv5_block3_out", "Relu")]
    [InlineData("StatefulPartitionedCall/StatefulPartitionedCall_1/functional_1/top_activation/mul__42:0", "top_activation", "mul")]
    public void Of_ExportersNames_AreModuleAndOperation(string tensor, string module, string operation) =>
        Assert.Equal((module, operation), ModulePath.Of(Node(tensor), tensor));

    [Theory]
    [InlineData("['', 'layer4', 'layer4.2', 'layer4.2.relu', 'relu_2']", "layer4.2.relu", "relu_2")]
    [InlineData("['', 'add_3']", "", "add_3")]
    public void Of_Scopes_AreModuleAndOperation(string scopes, string module, string operation) =>
        Assert.Equal((module, operation), ModulePath.Of(Node("relu_2") with { Metadata = new Dictionary<string, string> { ["pkg.torch.onnx.name_scopes"] = scopes } }, "relu_2"));

    [Theory]
    [InlineData("clip_97")]
    [InlineData("fire9/concat_1")]
    public void Of_OtherNames_AreNothing(string tensor) => Assert.Null(ModulePath.Of(Node(tensor), tensor));

    [Fact]
    public void Layer_ByNameForPeople_IsFound_AndAmbiguousOnesAreListed()
    {
        const string relu = "/block/act/Relu_output_0", add = "/block/Add_output_0", sum = "/block/Add_1_output_0";
        var net = new TinyNet(null, 2, 4, 4).Node("Relu", "x", relu).Node("Add", $"{relu} {relu}", add).Node("Add", $"{add} {relu}", sum).Node("GlobalAveragePool", sum, "scores");

        using var named = HandNet.Load(net, "block.act");
        using var second = HandNet.Load(new TinyNet(null, 2, 4, 4).Node("Relu", "x", relu).Node("Add", $"{relu} {relu}", add).Node("Add", $"{add} {relu}", sum).Node("GlobalAveragePool", sum, "scores"), "block/Add_1");
        var refused = Assert.Throws<UnsuitableModelException>(() => HandNet.Load(new TinyNet(null, 2, 4, 4).Node("Relu", "x", relu).Node("Add", $"{relu} {relu}", add).Node("Add", $"{add} {relu}", sum).Node("GlobalAveragePool", sum, "scores"), "block"));

        Assert.Equal((relu, "block.act"), (named.TargetLayer!.Tensor, named.TargetLayer.Name));
        Assert.Equal(sum, second.TargetLayer!.Tensor);
        Assert.Contains("'block/Add', 'block/Add_1'", refused.Problems.Single(), StringComparison.Ordinal);
    }

    private static OnnxNode Node(string output) =>
        new() { Index = 0, Name = output, OpType = "Relu", Domain = "", Inputs = ["x"], Outputs = [output], Attributes = new Dictionary<string, OnnxAttribute>() };
}
