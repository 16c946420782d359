namespace BatchXai.Testing.Architectures;

/// <summary>ResNet with bottlenecks: normalization folded into the convolutions, and one bias that several convolutions share, as PyTorch's exporter writes duplicates.</summary>
internal static class ResNet
{
    private const int Expansion = 4;

    public static byte[] Write()
    {
        var net = new NetWriter(13, Namings.TorchScript);
        var x = net.Relu(net.Conv(net.Input("input", null, 3, 64, 64), "conv1", 3, 16, 7, 2, 3), "relu");
        x = net.MaxPool(x, "maxpool", 3, 2, 1);
        long channels = 16;
        foreach (var (stage, width, blocks) in new[] { (1, 8L, 2), (2, 16L, 2), (3, 24L, 1) })
        {
            for (var block = 0; block < blocks; block++)
            {
                x = Bottleneck(net, x, $"layer{stage}.{block}", channels, width, stage > 1 && block == 0 ? 2 : 1);
                channels = width * Expansion;
            }
        }

        return net.Output(net.GemmTo("output", net.Pooled(x), "fc", channels, 10), null, 10);
    }

    private static string Bottleneck(NetWriter net, string x, string module, long from, long width, long stride)
    {
        var to = width * Expansion;
        var y = net.Relu(net.Conv(x, $"{module}.conv1", from, width), $"{module}.relu");
        y = net.Relu(net.Conv(y, $"{module}.conv2", width, width, 3, stride, 1), $"{module}.relu");
        y = from == to ? SharedBias(net, y, module, width, to) : net.Conv(y, $"{module}.conv3", width, to, gain: 0.5);
        var shortcut = from == to && stride == 1 ? x : net.Conv(x, $"{module}.downsample.0", from, to, 1, stride, gain: 1);
        return net.Relu(net.Add(y, shortcut, module), $"{module}.relu");
    }

    // The exporter keeps one of two equal biases and reaches it through Identity.
    private static string SharedBias(NetWriter net, string y, string module, long width, long to)
    {
        var bias = net.OpTo($"{module}.conv3.bias", "Identity", [$"{module[..^1]}0.conv3.bias"]);
        return net.Op("Conv", $"{module}.conv3", [y, net.Scaled($"{module}.conv3.weight", [to, width, 1, 1], width, 0.5), bias], ("kernel_shape", new[] { 1, 1 }));
    }
}
