namespace BatchXai.Testing.Architectures;

/// <summary>ConvNeXt: layer normalization over channels that lie last, between Transposes; GELU by Erf; a learnt scale at the end of each block.</summary>
internal static class ConvNeXt
{
    public static byte[] Write()
    {
        var net = new NetWriter(17, Namings.TorchScript);
        var x = net.Conv(net.Input("input", null, 3, 64, 64), "stem.0", 3, 16, 4, 4, gain: 1);
        x = Normalized(net, x, "stem.1", 16);
        x = Block(net, x, "stages.0.blocks.0", 16);
        x = Block(net, x, "stages.0.blocks.1", 16);
        x = net.Conv(Normalized(net, x, "stages.1.downsample.0", 16), "stages.1.downsample.1", 16, 32, 2, 2, gain: 1);
        x = Block(net, x, "stages.1.blocks.0", 32);
        x = Normalized(net, net.Op("GlobalAveragePool", "head.global_pool.pool", [x]), "head.norm", 32);
        return net.Output(net.GemmTo("output", net.Op("Flatten", "head.flatten", [x], ("axis", 1)), "head.fc", 32, 10), null, 10);
    }

    private static string Block(NetWriter net, string x, string module, long channels)
    {
        var y = net.Conv(x, $"{module}.conv_dw", channels, channels, 7, 1, 3, groups: channels, gain: 1);
        y = net.LayerNorm(net.Transpose(y, module, 0, 2, 3, 1), $"{module}.norm", channels);
        y = net.GeluByErf(net.Dense(y, $"{module}.mlp.fc1", channels, 4 * channels), $"{module}.mlp.act");
        y = net.Transpose(net.Dense(y, $"{module}.mlp.fc2", 4 * channels, channels), module, 0, 3, 1, 2);
        return net.Add(net.Mul(y, net.Weights($"{module}.gamma", [1, channels, 1, 1], 0.3), module), x, module);
    }

    private static string Normalized(NetWriter net, string x, string module, long channels)
        => net.Transpose(net.LayerNorm(net.Transpose(x, module, 0, 2, 3, 1), module, channels), module, 0, 3, 1, 2);
}
