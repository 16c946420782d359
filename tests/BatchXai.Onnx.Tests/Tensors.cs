using System.Runtime.InteropServices;
using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Format;
using BatchXai.Onnx.Verification;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests;

internal static class Tensors
{
    public static readonly ExecutionSettings Cpu = new(torch.CPU, DoublePrecision: false);

    public static Tensor FromProto(string file)
        => InitializerLoader.ToTorch(TensorParser.Parse(new WireReader(File.ReadAllBytes(file), 0, 0, file)), Cpu);

    public static Tensor FromRaw(string file, params long[] shape)
        => torch.tensor(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray(), shape);

    public static double[] Values(Tensor tensor)
    {
        using var wide = tensor.to(torch.ScalarType.Float64, torch.CPU, copy: true).contiguous();
        return tensor.numel() == 0 ? [] : wide.data<double>().ToArray();
    }

    /// <summary>Largest |a − b| over the largest |b|; infinite when shapes differ or one is NaN where the other is not.</summary>
    public static double RelativeError(Tensor actual, Tensor expected) => TensorComparison.Of(actual, expected).RelativeError;
}
