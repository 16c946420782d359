namespace BatchXai.Testing.Architectures;

/// <summary>MobileNetV3: HardSwish, excitation by HardSigmoid, a head of two linear layers.</summary>
internal static class MobileNetV3
{
    public static byte[] Write()
    {
        var net = new NetWriter(14, Namings.TorchScript);
        var x = HardSwish(net, net.Conv(net.Input("input", null, 3, 64, 64), "features.0.0", 3, 16, 3, 2, 1), "features.0.2");
        x = Block(net, x, "features.1", 16, 16, 16, 2, swish: false);
        x = Block(net, x, "features.2", 16, 48, 24, 2, swish: true);
        x = Block(net, x, "features.3", 24, 72, 24, 1, swish: true);
        x = HardSwish(net, net.Conv(x, "features.4.0", 24, 96), "features.4.2");
        var head = HardSwish(net, net.Gemm(net.Pooled(x), "classifier.0", 96, 64), "classifier.1");
        return net.Output(net.GemmTo("output", head, "classifier.3", 64, 10), null, 10);
    }

    private static string Block(NetWriter net, string x, string module, long from, long wide, long to, long stride, bool swish)
    {
        string Activation(string y, string inside) => swish ? HardSwish(net, y, inside) : net.Relu(y, inside);
        var y = Activation(net.Conv(x, $"{module}.block.0.0", from, wide), $"{module}.block.0.2");
        y = Activation(net.Conv(y, $"{module}.block.1.0", wide, wide, 5, stride, 2, groups: wide), $"{module}.block.1.2");
        var squeezed = net.Op("GlobalAveragePool", $"{module}.block.2.avgpool", [y]);
        squeezed = net.Relu(net.Conv(squeezed, $"{module}.block.2.fc1", wide, 8), $"{module}.block.2.activation");
        squeezed = net.Conv(squeezed, $"{module}.block.2.fc2", 8, wide);
        var gate = net.Op("HardSigmoid", $"{module}.block.2.scale_activation", [squeezed], ("alpha", 1f / 6));
        y = net.Conv(net.Mul(gate, y, $"{module}.block.2"), $"{module}.block.3.0", wide, to);
        return from == to && stride == 1 ? net.Add(y, x, module) : y;
    }

    private static string HardSwish(NetWriter net, string x, string module) => net.Op("HardSwish", module, [x]);
}
