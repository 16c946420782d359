using BatchXai.Onnx;

namespace BatchXai.Testing.Architectures;

/// <summary>A network converted to float16 weights and activations; input and output stay float32 behind Casts, as the usual converter keeps them.</summary>
internal static class HalfNet
{
    public static byte[] Write()
    {
        var net = new NetWriter(17, Namings.TorchScript) { Precision = OnnxElementType.Float16 };
        var x = net.OpTo("graph_input_cast0", "Cast", [net.Input("input", null, 3, 32, 32)], ("to", 10));
        x = net.Relu(net.BatchNorm(net.Conv(x, "features.0", 3, 16, 3, 2, 1, bias: false), "features.1", 16), "features.2");
        x = net.MaxPool(x, "features.3", 2, 2, 0);
        var y = net.Silu(net.Conv(x, "features.4.conv1", 16, 16, 3, 1, 1), "features.4.act");
        x = net.Add(x, net.Conv(y, "features.4.conv2", 16, 16, 3, 1, 1, gain: 0.5), "features.4");
        x = net.Relu(net.Conv(x, "features.5", 16, 32, 3, 2, 1), "features.6");
        var scores = net.Gemm(net.Pooled(x), "classifier", 32, 10);
        return net.Output(net.OpTo("output", "Cast", [scores], ("to", 1)), null, 10);
    }
}
