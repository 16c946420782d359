using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Writing;

public sealed class OnnxModelBuilderTests
{
    [Fact]
    public void ToBytes_Classifier_RunsInOnnxRuntimeWithOurResult()
    {
        using var scope = torch.NewDisposeScope();
        var bytes = SampleModels.Classifier();
        var x = SampleModels.Images(2);
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(bytes));

        var ours = graph.Run(SampleModels.Feed("x", x), "logits")["logits"];
        var (theirs, shape) = OrtSession.Run(bytes, "x", x.data<float>().ToArray(), 2, 3, 8, 8);

        Assert.Equal([2, 5], shape);
        Assert.InRange(Tensors.RelativeError(ours, torch.tensor(theirs, [2, 5])), 0, 1e-5);
    }

    [Fact]
    public void ToBytes_EveryKindOfAttributeAndOutput_IsValid()
    {
        var bytes = new OnnxModelBuilder(18)
            .Input("x", [1, 4])
            .Output("y", [1, 4])
            .Node("Constant", [], "one", ("value", new OnnxTensor("", OnnxElementType.Float, [1], BitConverter.GetBytes(1f))))
            .Node("Constant", [], "row", ("value_floats", new[] { 1f, 2f, 3f, 4f }))
            .Node("Split", "", ["x"], ["left", "right"], ("axis", 1), ("num_outputs", 2L))
            .Node("Concat", ["right", "left"], "swapped", ("axis", -1))
            .Node("LeakyRelu", ["swapped"], "leaky", ("alpha", 0.5))
            .Node("Sum", ["leaky", "one", "row"], "y")
            .ToBytes();

        var (values, _) = OrtSession.Run(bytes, "x", [1, 2, -4, 3], 1, 4);

        Assert.Equal([0, 6, 5, 7], values);
    }

    [Fact]
    public void Node_UnknownAttributeType_IsRefused()
        => Assert.Throws<ArgumentException>(() => new OnnxModelBuilder().Node("Relu", ["x"], "y", ("alpha", new object())));
}
