using BatchXai.Onnx;
using TorchSharp;
using TorchSharp.Modules;
using static BatchXai.Onnx.Torch.Scalars;
using static TorchSharp.torch;

namespace BatchXai.Cli.Planted;

/// <summary>Writes a <see cref="TinyCnn"/> as ONNX, layer by layer.</summary>
internal static class TinyCnnExport
{
    /// <summary>The file: input "input" N×3×S×S, output "logits" N×K, any batch size; the target layer is named "relu3".</summary>
    public static byte[] ToOnnx(TinyCnn network, int size)
    {
        var model = new OnnxModelBuilder(opset: 17, name: nameof(TinyCnn)).Input("input", [null, 3, size, size]);
        Convolution(model, network, 1, network.First, "input");
        Pool(model, "relu1", "pool1");
        Convolution(model, network, 2, network.Second, "pool1");
        Pool(model, "relu2", "pool2");
        Convolution(model, network, 3, network.Third, "pool2");
        model.Node("GlobalAveragePool", ["relu3"], "gap").Node("Flatten", ["gap"], "features");
        Weights(model, "head", network.Head.weight!, network.Head.bias!);
        model.Node("Gemm", ["features", "head.weight", "head.bias"], "logits", ("transB", 1L));
        return model.Output("logits", [null, network.Head.bias!.shape[0]]).ToBytes();
    }

    private static void Convolution(OnnxModelBuilder model, TinyCnn network, int number, Conv2d convolution, string input)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var name = $"conv{number}";
        var (weight, bias) = network.Norms.Count == 0 ? (convolution.weight!, convolution.bias!) : Folded(convolution, network.Norms[number - 1]);
        Weights(model, name, weight, bias);
        model.Node("Conv", [input, $"{name}.weight", $"{name}.bias"], name, ("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }))
            .Node("Relu", [name], $"relu{number}");
    }

    /// <summary>Convolution and normalisation by running statistics as one convolution: W·γ/√(σ² + ε) and (b − μ)·γ/√(σ² + ε) + β.</summary>
    private static (Tensor Weight, Tensor Bias) Folded(Conv2d convolution, BatchNorm2d norm)
    {
        var factor = norm.weight!.mul(norm.running_var!.add(Held(norm.eps), Held(1)).rsqrt());
        return (convolution.weight!.mul(factor.view(-1, 1, 1, 1)), convolution.bias!.sub(norm.running_mean!).mul(factor).Plus(norm.bias!));
    }

    private static void Pool(OnnxModelBuilder model, string input, string output) =>
        model.Node("MaxPool", [input], output, ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));

    private static void Weights(OnnxModelBuilder model, string name, Tensor weight, Tensor bias) => model
        .Initializer($"{name}.weight", weight.shape, Values(weight))
        .Initializer($"{name}.bias", bias.shape, Values(bias));

    private static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().data<float>().ToArray();
    }
}
