using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Models;

/// <summary>A classifier with one input and one output against a stored output of another runtime.</summary>
internal static class StoredOutput
{
    /// <summary>Largest difference over the largest expected score. Files are raw float32.</summary>
    public static double Error(string model, string input, string expected, params long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(model));
        var actual = Of(graph, Tensors.FromRaw(input, shape));
        return Tensors.RelativeError(actual, Tensors.FromRaw(expected, actual.shape));
    }

    /// <summary>The model's output.</summary>
    public static Tensor Of(DifferentiableGraph graph, Tensor x)
    {
        using var noGrad = torch.no_grad();
        var output = graph.Model.Graph.Outputs[0].Name;
        return graph.Run(SampleModels.Feed(graph.Model.Graph.Inputs[0].Name, x), output)[output];
    }
}
