using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Verification;

/// <summary>Tensors outside a model: ONNX's own test data.</summary>
public static class OnnxTensorFile
{
    /// <summary>Reads a file that holds one <c>TensorProto</c>, such as <c>input_0.pb</c>.</summary>
    /// <exception cref="OnnxFormatException">The file is truncated or holds something else.</exception>
    public static OnnxTensor Load(string path) => TensorParser.Parse(new WireReader(File.ReadAllBytes(path), 0, 0, "tensor"));

    /// <summary>Brings a tensor into torch.</summary>
    /// <returns>A tensor that the caller disposes.</returns>
    /// <exception cref="NotSupportedException">torch has no such element type.</exception>
    public static Tensor ToTorch(this OnnxTensor tensor, torch.Device device) => InitializerLoader.ToTorch(tensor, new ExecutionSettings(device, DoublePrecision: false));
}
