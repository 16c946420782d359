using System.Runtime.InteropServices;
using BatchXai.Onnx;

namespace BatchXai.Testing.Architectures;

/// <summary>
/// A network quantized as ONNX Runtime's tools write it: every activation through QuantizeLinear and DequantizeLinear per tensor (unsigned),
/// weights as int8 with one scale a channel, biases as int32 with the product of both scales.
/// </summary>
internal static class QuantizedNet
{
    private const float PixelScale = 3f / 128;

    public static byte[] Write()
    {
        var net = new NetWriter(13, Namings.TorchScript);
        var x = Rounded(net, net.Input("input", null, 3, 32, 32), "input", PixelScale, 128);
        x = Unit(net, x, "conv1", 3, 16, 2, PixelScale, 8f / 255);
        var y = Unit(net, x, "conv2", 16, 16, 1, 8f / 255, 10f / 255);
        x = Rounded(net, net.Add(x, y, "add"), "add", 14f / 255, 0);
        x = Unit(net, x, "conv3", 16, 32, 2, 14f / 255, 12f / 255);
        x = Rounded(net, net.Op("GlobalAveragePool", "pool", [x]), "pool", 4f / 255, 0);
        x = Rounded(net, net.Op("Flatten", "flatten", [x], ("axis", 1)), "flatten", 4f / 255, 0);
        var (weight, bias) = Parameters(net, "fc", 10, [32], 4f / 255);
        x = net.Op("Gemm", "fc", [x, weight, bias], ("transB", 1));
        var codes = net.Op("QuantizeLinear", "output", [x, net.Scalar("output_scale", 6f / 128), Zero(net, "output", 128)]);
        return net.Output(net.OpTo("output", "DequantizeLinear", [codes, "output_scale", "output_zero_point"]), null, 10);
    }

    private static string Unit(NetWriter net, string x, string module, long from, long to, long stride, float scale, float outputScale)
    {
        var (weight, bias) = Parameters(net, module, to, [from, 3, 3], scale);
        var y = net.Op("Conv", module, [x, weight, bias], ("kernel_shape", new[] { 3, 3 }), ("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { stride, stride }));
        return Rounded(net, net.Relu(y, module), module, outputScale, 0);
    }

    private static string Rounded(NetWriter net, string x, string name, float scale, byte zero)
    {
        var parameters = (Scale: net.Scalar($"{name}_scale", scale), Zero: Zero(net, name, zero));
        return net.Op("DequantizeLinear", name, [net.Op("QuantizeLinear", name, [x, parameters.Scale, parameters.Zero]), parameters.Scale, parameters.Zero]);
    }

    private static string Zero(NetWriter net, string name, byte zero) => net.Initializer(new($"{name}_zero_point", OnnxElementType.UInt8, [], new[] { zero }));

    private static (string Weight, string Bias) Parameters(NetWriter net, string module, long to, long[] from, float inputScale)
    {
        var perChannel = (int)from.Aggregate(1L, (product, size) => product * size);
        var (codes, biases, scales) = (new sbyte[to * perChannel], new int[to], new float[to]);
        for (var channel = 0; channel < to; channel++)
        {
            var weights = Enumerable.Range(0, perChannel).Select(_ => net.Gaussian() * Math.Sqrt(2.0 / perChannel)).ToArray();
            scales[channel] = (float)(weights.Max(Math.Abs) / 127);
            weights.Select(weight => (sbyte)Math.Round(weight / scales[channel])).ToArray().CopyTo(codes, channel * perChannel);
            biases[channel] = (int)Math.Round(0.1 * net.Gaussian() / (inputScale * scales[channel]));
        }

        var axis = ("axis", (object)0);
        var scale = net.Values($"{module}.weight_scale", [to], scales);
        var biasScale = net.Values($"{module}.bias_scale", [to], Array.ConvertAll(scales, value => value * inputScale));
        var weight = net.Initializer(new($"{module}.weight_quantized", OnnxElementType.Int8, [to, .. from], MemoryMarshal.AsBytes(codes.AsSpan()).ToArray()));
        var bias = net.Initializer(new($"{module}.bias_quantized", OnnxElementType.Int32, [to], MemoryMarshal.AsBytes(biases.AsSpan()).ToArray()));
        var zeros = net.Initializer(new($"{module}.weight_zero_point", OnnxElementType.Int8, [to], new byte[to]));
        return (net.Op("DequantizeLinear", $"{module}.weight", [weight, scale, zeros], axis), net.Op("DequantizeLinear", $"{module}.bias", [bias, biasScale], axis));
    }
}
