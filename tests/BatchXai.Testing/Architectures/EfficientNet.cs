namespace BatchXai.Testing.Architectures;

/// <summary>EfficientNet: inverted residuals with depthwise convolutions, SiLU as Sigmoid and Mul, squeeze and excitation by ReduceMean.</summary>
internal static class EfficientNet
{
    public static byte[] Write()
    {
        var net = new NetWriter(14, Namings.TorchScript);
        var x = Unit(net, net.Input("input", null, 3, 64, 64), "conv_stem", 3, 16, 3, 2);
        x = Block(net, x, "blocks.0.0", 16, 16, 3, 1);
        x = Block(net, x, "blocks.1.0", 16, 24, 3, 2);
        x = Block(net, x, "blocks.1.1", 24, 24, 3, 1);
        x = Block(net, x, "blocks.2.0", 24, 32, 5, 2);
        x = Block(net, x, "blocks.2.1", 32, 32, 5, 1);
        x = Unit(net, x, "conv_head", 32, 96, 1, 1);
        return net.Output(net.GemmTo("output", net.Pooled(x, "global_pool.pool"), "classifier", 96, 10), null, 10);
    }

    private static string Block(NetWriter net, string x, string module, long from, long to, long kernel, long stride)
    {
        var wide = from * 4;
        var y = Unit(net, x, $"{module}.conv_pw", from, wide, 1, 1);
        y = net.Silu(net.Conv(y, $"{module}.conv_dw", wide, wide, kernel, stride, kernel / 2, groups: wide), $"{module}.bn2.act");
        var squeezed = net.Op("ReduceMean", $"{module}.se", [y], ("axes", new[] { 2, 3 }), ("keepdims", 1));
        squeezed = net.Silu(net.Conv(squeezed, $"{module}.se.conv_reduce", wide, from / 4), $"{module}.se.act1");
        var gate = net.Op("Sigmoid", $"{module}.se.gate", [net.Conv(squeezed, $"{module}.se.conv_expand", from / 4, wide)]);
        y = net.Conv(net.Mul(y, gate, $"{module}.se"), $"{module}.conv_pwl", wide, to);
        return from == to && stride == 1 ? net.Add(y, x, module) : y;
    }

    private static string Unit(NetWriter net, string x, string module, long from, long to, long kernel, long stride)
        => net.Silu(net.Conv(x, module, from, to, kernel, stride, kernel / 2), $"{module}.act");
}
