using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BatchXai.Onnx.Tests;

/// <summary>ONNX Runtime as an oracle: it also checks that a model is valid.</summary>
internal static class OrtSession
{
    public static (float[] Values, int[] Shape) Run(byte[] model, string input, float[] values, params int[] shape)
    {
        using var session = new InferenceSession(model);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(input, new DenseTensor<float>(values, shape))]);
        var output = results[0].AsTensor<float>();
        return (output.ToArray(), output.Dimensions.ToArray());
    }
}
