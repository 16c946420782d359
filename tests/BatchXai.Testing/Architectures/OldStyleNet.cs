namespace BatchXai.Testing.Architectures;

/// <summary>A network of the opset 7 era: everything is an attribute, tensors are numbered, Softmax flattens what lies behind its axis.</summary>
internal static class OldStyleNet
{
    public static byte[] Write()
    {
        var net = new NetWriter(7, Namings.Numbers, separator: "");
        var x = net.Conv(net.Input("data", null, 3, 32, 32), "conv0", 3, 16, 3, 2, 1, bias: false);
        x = net.Op("LeakyRelu", "", [net.BatchNorm(x, "bn0", 16)], ("alpha", 0.1f));
        x = net.Op("Pad", "", [x], ("mode", "constant"), ("pads", new[] { 0, 0, 1, 1, 0, 0, 1, 1 }), ("value", 0f));
        x = net.Op("Elu", "", [net.Conv(x, "conv1", 16, 24, 3, 2, 0)], ("alpha", 1f));
        var halves = new[] { Sliced(net, x, 0, 12), Sliced(net, x, 12, 24) };
        x = net.Op("PRelu", "", [net.Op("Sum", "", [net.Op("Tanh", "", [halves[0]]), halves[1]]), net.Positive("slope", 1, 0.1, 0.3)]);
        x = net.Op("Clip", "", [net.Conv(x, "conv2", 12, 24, 3, 1, 1)], ("min", 0f), ("max", 6f));
        x = net.Op("Dropout", "", [net.AveragePool(x, "", 2, 2, 0)], ("ratio", 0.5f));
        x = net.Op("Squeeze", "", [net.Op("ReduceMean", "", [x], ("axes", new[] { 2, 3 }), ("keepdims", 1))], ("axes", new[] { 3 }));
        x = net.Op("Reshape", "", [x, net.Ints("shape", 0, 24)]);
        x = net.Op("Gemm", "", [x, net.Scaled("fc.weight", [10, 24], 24, 3), net.Weights("fc.bias", [10], 0.1)], ("alpha", 1f), ("beta", 1f), ("transA", 0), ("transB", 1));
        x = net.Op("Unsqueeze", "", [x], ("axes", new[] { 2, 3 }));
        return net.Output(net.OpTo("softmax", "Softmax", [x], ("axis", 1)), null, 10, 1, 1);
    }

    private static string Sliced(NetWriter net, string x, long start, long end)
        => net.Op("Slice", "", [x], ("axes", new[] { 1 }), ("starts", new[] { start }), ("ends", new[] { end }));
}
