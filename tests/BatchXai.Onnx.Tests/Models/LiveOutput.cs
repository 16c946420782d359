using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Models;

/// <summary>A classifier with one input and one output against ONNX Runtime on the same tensor.</summary>
internal static class LiveOutput
{
    /// <summary>Largest difference over the largest score of ONNX Runtime.</summary>
    public static double Error(string model, Tensor x)
    {
        using var graph = DifferentiableGraph.Compile(OnnxModel.Load(model));
        var values = Array.ConvertAll(Tensors.Values(x), value => (float)value);
        var (theirs, shape) = OrtSession.Run(File.ReadAllBytes(model), graph.Model.Graph.Inputs[0].Name, values, Array.ConvertAll(x.shape, side => (int)side));
        return Tensors.RelativeError(StoredOutput.Of(graph, x), torch.tensor(theirs, Array.ConvertAll(shape, side => (long)side)));
    }
}
