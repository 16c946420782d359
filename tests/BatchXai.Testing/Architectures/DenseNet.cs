namespace BatchXai.Testing.Architectures;

/// <summary>DenseNet: normalization before the convolution, so it stays in the file; every layer reads the concatenation of all before it.</summary>
internal static class DenseNet
{
    private const long Growth = 8;

    public static byte[] Write()
    {
        var net = new NetWriter(9, Namings.TorchScript);
        var x = net.Conv(net.Input("input.1", null, 3, 64, 64), "features.conv0", 3, 16, 7, 2, 3, bias: false);
        x = net.Relu(net.BatchNorm(x, "features.norm0", 16), "features.relu0");
        x = net.MaxPool(x, "features.pool0", 3, 2, 1);
        (x, var channels) = Block(net, x, "features.denseblock1", 16, 3);
        x = net.Relu(net.BatchNorm(x, "features.transition1.norm", channels), "features.transition1.relu");
        x = net.Conv(x, "features.transition1.conv", channels, channels / 2, bias: false);
        x = net.AveragePool(x, "features.transition1.pool", 2, 2, 0);
        (x, channels) = Block(net, x, "features.denseblock2", channels / 2, 4);
        x = net.Relu(net.BatchNorm(x, "features.norm5", channels), "");
        return net.Output(net.GemmTo("output", net.Pooled(x, ""), "classifier", channels, 10), null, 10);
    }

    private static (string X, long Channels) Block(NetWriter net, string x, string module, long channels, int layers)
    {
        List<string> features = [x];
        for (var layer = 1; layer <= layers; layer++, channels += Growth)
        {
            var inside = $"{module}.denselayer{layer}";
            var all = features.Count == 1 ? x : net.Concat(inside, 1, [.. features]);
            var y = net.Relu(net.BatchNorm(all, $"{inside}.norm1", channels), $"{inside}.relu1");
            y = net.Conv(y, $"{inside}.conv1", channels, 4 * Growth, bias: false);
            y = net.Relu(net.BatchNorm(y, $"{inside}.norm2", 4 * Growth), $"{inside}.relu2");
            features.Add(net.Conv(y, $"{inside}.conv2", 4 * Growth, Growth, 3, 1, 1, bias: false));
        }

        return (net.Concat(module, 1, [.. features]), channels);
    }
}
