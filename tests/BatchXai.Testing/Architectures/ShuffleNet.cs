namespace BatchXai.Testing.Architectures;

/// <summary>ShuffleNet: channels split in half and shuffled by Reshape, Transpose, Reshape; grouped and depthwise convolutions.</summary>
internal static class ShuffleNet
{
    public static byte[] Write()
    {
        var net = new NetWriter(12, Namings.TorchScript);
        var x = net.Relu(net.Conv(net.Input("input", null, 3, 64, 64), "conv1.0", 3, 24, 3, 2, 1), "conv1.2");
        x = net.MaxPool(x, "maxpool", 3, 2, 1);
        x = Grouped(net, x, "stage2.0", 24, 4);
        x = Halved(net, x, "stage3.0", 24);
        x = Halved(net, x, "stage3.1", 24);
        x = net.Relu(net.Conv(x, "conv5.0", 24, 64), "conv5.2");
        var mean = net.Op("ReduceMean", "", [x], ("axes", new[] { 2, 3 }), ("keepdims", 0));
        return net.Output(net.GemmTo("output", mean, "fc", 64, 10), null, 10);
    }

    // Version 1: pointwise convolutions in groups, shuffled in between.
    private static string Grouped(NetWriter net, string x, string module, long channels, long groups)
    {
        var y = net.Relu(net.Conv(x, $"{module}.conv1", channels, channels, groups: groups), module);
        y = Shuffled(net, y, module, channels, groups);
        y = net.Conv(y, $"{module}.dw", channels, channels, 3, 1, 1, groups: channels);
        return net.Relu(net.Add(x, net.Conv(y, $"{module}.conv2", channels, channels, groups: groups), module), module);
    }

    // Version 2: one half passes, the other is transformed.
    private static string Halved(NetWriter net, string x, string module, long channels)
    {
        var half = channels / 2;
        var parts = net.Ops("Split", module, [x], 2, ("axis", 1), ("split", new[] { half, half }));
        var y = net.Relu(net.Conv(parts[1], $"{module}.branch2.0", half, half), $"{module}.branch2.2");
        y = net.Conv(y, $"{module}.branch2.3", half, half, 3, 1, 1, groups: half);
        y = net.Relu(net.Conv(y, $"{module}.branch2.5", half, half), $"{module}.branch2.7");
        return Shuffled(net, net.Concat(module, 1, parts[0], y), module, channels, 2);
    }

    private static string Shuffled(NetWriter net, string x, string module, long channels, long groups)
    {
        string Size(long axis) => net.Op("Unsqueeze", module, [net.Op("Gather", module, [net.Op("Shape", module, [x]), net.ConstantScalar(module, axis)], ("axis", 0))], ("axes", new[] { 0 }));
        var (batch, height, width) = (Size(0), Size(2), Size(3));
        var apart = net.Op("Reshape", module, [x, net.Concat(module, 0, batch, net.Constant(module, groups), net.Constant(module, channels / groups), height, width)]);
        return net.Op("Reshape", module, [net.Transpose(apart, module, 0, 2, 1, 3, 4), net.Concat(module, 0, batch, net.Constant(module, -1), height, width)]);
    }
}
