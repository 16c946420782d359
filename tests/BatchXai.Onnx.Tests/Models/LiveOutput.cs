using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Models;

/// <summary>A classifier with one input and one output against ONNX Runtime on the same tensor.</summary>
internal static class LiveOutput
{
    /// <summary>Largest difference over the largest score of ONNX Runtime, and that score.</summary>
    public static (double Error, double Scale) Error(byte[] model, Tensor x)
    {
        using var graph = DifferentiableGraph.Compile(OnnxModel.Parse(model));
        var values = Array.ConvertAll(Tensors.Values(x), value => (float)value);
        var (theirs, shape) = OrtSession.Run(model, graph.Model.Graph.Inputs[0].Name, values, Array.ConvertAll(x.shape, side => (int)side));
        var error = Tensors.RelativeError(StoredOutput.Of(graph, x), torch.tensor(theirs, Array.ConvertAll(shape, side => (long)side)));
        return (error, theirs.Max(Math.Abs));
    }
}
