namespace BatchXai.Testing.Architectures;

/// <summary>
/// A residual network as PyTorch's dynamo exporter writes it with opset 18: biases of zeros grown by Shape, Expand and CastLike,
/// BatchNormalization kept, pooling as ReduceMean with axes as an input, flattening to a shape computed from the input's.
/// </summary>
internal static class DynamoNet
{
    public static byte[] Write()
    {
        var net = new NetWriter(18, Namings.Dynamo) { NameScopes = true };
        var input = net.Input("x", null, 3, 48, 48);
        var batch = net.Op("Squeeze", "", [net.Op("Shape", "", [input], ("start", 0), ("end", 1))]);
        var x = Unit(net, input, "conv1", "bn1", 3, 16, 2);
        x = net.MaxPool(x, "", 3, 2, 1, ("auto_pad", "NOTSET"), ("storage_order", 0), ("ceil_mode", 0));
        foreach (var (module, from, to, stride) in new[] { ("layer1.0", 16L, 16L, 1L), ("layer2.0", 16L, 32L, 2L) })
        {
            var y = Unit(net, x, $"{module}.conv1", $"{module}.bn1", from, to, stride);
            y = net.BatchNorm(Conv(net, y, $"{module}.conv2", to, to, 3, 1), $"{module}.bn2", to);
            var shortcut = from == to ? x : net.BatchNorm(Conv(net, Halved(net, x), $"{module}.downsample.1", from, to, 1, 1), $"{module}.downsample.2", to);
            x = net.Relu(net.Add(y, shortcut), "");
        }

        var axes = net.Op("Reshape", "axes", [net.Constant("", -1, -2), Integers(net, -1)], ("allowzero", 0));
        var mean = net.Op("ReduceMean", "", [x, axes], ("keepdims", 1), ("noop_with_empty_axes", 0));
        var size = net.Concat("", 0, net.Op("Reshape", "batch", [batch, net.Constant("", -1)], ("allowzero", 0)), net.Constant("", 32));
        var flat = net.Op("Reshape", "", [mean, net.Op("Cast", "", [size], ("to", 7))], ("allowzero", 0));
        return net.Output(net.GemmTo("linear", flat, "fc", 32, 10), null, 10);
    }

    private static string Unit(NetWriter net, string x, string conv, string norm, long from, long to, long stride)
        => net.Relu(net.BatchNorm(Conv(net, x, conv, from, to, 3, stride), norm, to), "");

    private static string Conv(NetWriter net, string x, string module, long from, long to, long kernel, long stride)
    {
        var weight = net.Scaled($"{module}.weight", [to, from, kernel, kernel], from * kernel * kernel, 2);
        var channels = net.Op("Expand", "", [net.Op("Shape", "", [weight], ("start", 0), ("end", 1)), Integers(net, 1)]);
        var zero = net.Op("CastLike", "", [net.ConstantScalar("", 0f), x]);
        var pad = kernel / 2;
        return net.Op("Conv", module, [x, weight, net.Op("Expand", "", [zero, channels])],
            ("auto_pad", "NOTSET"), ("dilations", new[] { 1, 1 }), ("group", 1), ("pads", new[] { pad, pad, pad, pad }), ("strides", new[] { stride, stride }));
    }

    private static string Halved(NetWriter net, string x)
        => net.AveragePool(x, "", 2, 2, 0, ("auto_pad", "NOTSET"), ("ceil_mode", 1), ("count_include_pad", 0));

    private static string Integers(NetWriter net, params long[] values) => net.Op("Constant", "", [], ("value_ints", values));
}
