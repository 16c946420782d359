namespace BatchXai.Testing.Architectures;

/// <summary>MLP-Mixer: linear layers over the tokens, then over the channels; opset 22.</summary>
internal static class Mixer
{
    private const long Width = 32;
    private const long Tokens = 16;

    public static byte[] Write()
    {
        var net = new NetWriter(22, Namings.TorchScript);
        var x = net.Conv(net.Input("input", null, 3, 32, 32), "stem.proj", 3, Width, 8, 8, gain: 1);
        x = net.Transpose(net.Reshape(x, "stem", 0, Width, Tokens), "stem", 0, 2, 1);
        foreach (var module in new[] { "blocks.0", "blocks.1" })
        {
            var across = net.Transpose(net.LayerNorm(x, $"{module}.norm1", Width), module, 0, 2, 1);
            x = net.Add(x, net.Transpose(Mlp(net, across, $"{module}.mlp_tokens", Tokens), module, 0, 2, 1), module);
            x = net.Add(x, Mlp(net, net.LayerNorm(x, $"{module}.norm2", Width), $"{module}.mlp_channels", Width), module);
        }

        var mean = net.Op("ReduceMean", "", [net.LayerNorm(x, "norm", Width), net.Constant("", 1)], ("keepdims", 0));
        return net.Output(net.GemmTo("output", mean, "head", Width, 10), null, 10);
    }

    private static string Mlp(NetWriter net, string x, string module, long width)
        => net.Dense(net.Op("Gelu", $"{module}.act", [net.Dense(x, $"{module}.fc1", width, 2 * width)]), $"{module}.fc2", 2 * width, width);
}
