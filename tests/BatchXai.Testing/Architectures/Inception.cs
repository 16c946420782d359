namespace BatchXai.Testing.Architectures;

/// <summary>Inception: parallel branches, asymmetric kernels, average pooling that counts its padding, channels rescaled inside the model (transform_input).</summary>
internal static class Inception
{
    public static byte[] Write()
    {
        var net = new NetWriter(11, Namings.TorchScript);
        var x = Rescaled(net, net.Input("x", null, 3, 64, 64));
        x = Unit(net, x, "Conv2d_1a_3x3", 3, 8, 3, 2, 0);
        x = Unit(net, x, "Conv2d_2b_3x3", 8, 16, 3, 1, 1);
        x = net.MaxPool(x, "maxpool1", 3, 2, 0, ("ceil_mode", 1));
        x = WideBlock(net, x, "Mixed_5b", 16);
        x = net.Concat("Mixed_6a", 1, Unit(net, x, "Mixed_6a.branch3x3", 48, 24, 3, 2, 0), net.MaxPool(x, "Mixed_6a", 3, 2, 0));
        x = LongBlock(net, x, "Mixed_6b", 72);
        return net.Output(net.GemmTo("logits", net.Pooled(x), "fc", 48, 10), null, 10);
    }

    // One channel after another: Gather, Unsqueeze, Mul, Add.
    private static string Rescaled(NetWriter net, string x)
    {
        var channels = Enumerable.Range(0, 3).Select(channel =>
        {
            var picked = net.Op("Gather", "", [x, net.ConstantScalar("", (long)channel)], ("axis", 1));
            var plane = net.Op("Unsqueeze", "", [picked], ("axes", new[] { 1 }));
            return net.Add(net.Mul(plane, net.ConstantScalar("", 0.9f + (0.05f * channel))), net.ConstantScalar("", 0.03f * (channel - 1)));
        });
        return net.Concat("", 1, [.. channels]);
    }

    private static string WideBlock(NetWriter net, string x, string module, long from)
    {
        var five = Unit(net, Unit(net, x, $"{module}.branch5x5_1", from, 8, 1, 1, 0), $"{module}.branch5x5_2", 8, 12, 5, 1, 2);
        var twice = Unit(net, Unit(net, Unit(net, x, $"{module}.branch3x3dbl_1", from, 8, 1, 1, 0), $"{module}.branch3x3dbl_2", 8, 12, 3, 1, 1), $"{module}.branch3x3dbl_3", 12, 12, 3, 1, 1);
        var pool = net.AveragePool(x, module, 3, 1, 1, ("count_include_pad", 1));
        return net.Concat(module, 1, Unit(net, x, $"{module}.branch1x1", from, 12, 1, 1, 0), five, twice, Unit(net, pool, $"{module}.branch_pool", from, 12, 1, 1, 0));
    }

    private static string LongBlock(NetWriter net, string x, string module, long from)
    {
        var seven = Unit(net, x, $"{module}.branch7x7_1", from, 12, 1, 1, 0);
        seven = net.Relu(net.Conv(seven, $"{module}.branch7x7_2.conv", 12, 12, (1, 7), 1, [0, 3, 0, 3]), $"{module}.branch7x7_2");
        seven = net.Relu(net.Conv(seven, $"{module}.branch7x7_3.conv", 12, 24, (7, 1), 1, [3, 0, 3, 0]), $"{module}.branch7x7_3");
        var pool = net.AveragePool(x, module, 3, 1, 1, ("count_include_pad", 1));
        return net.Concat(module, 1, Unit(net, x, $"{module}.branch1x1", from, 12, 1, 1, 0), seven, Unit(net, pool, $"{module}.branch_pool", from, 12, 1, 1, 0));
    }

    private static string Unit(NetWriter net, string x, string module, long from, long to, long kernel, long stride, long pad)
        => net.Relu(net.Conv(x, $"{module}.conv", from, to, kernel, stride, pad), module);
}
