namespace BatchXai.Testing.Architectures;

/// <summary>ViT whose score is read from the mean of its patch tokens; written with opset 20: Gelu, Split into equal parts, ReduceMean with axes as an input.</summary>
internal static class PooledTransformer
{
    private const long Width = 24;
    private const long Heads = 3;

    public static byte[] Write()
    {
        var net = new NetWriter(20, Namings.TorchScript);
        var x = net.Conv(net.Input("pixel_values", null, 3, 32, 32), "patch_embed.proj", 3, Width, 4, 4, gain: 1);
        x = net.Transpose(net.Reshape(x, "patch_embed", 0, Width, -1), "patch_embed", 0, 2, 1);
        x = net.Add(x, net.Weights("pos_embed", [1, 64, Width], 0.3));
        foreach (var module in new[] { "blocks.0", "blocks.1" })
        {
            x = net.Add(x, Attention(net, net.LayerNorm(x, $"{module}.norm1", Width), $"{module}.attn"), module);
            var wide = net.Op("Gelu", $"{module}.mlp.act", [net.Dense(net.LayerNorm(x, $"{module}.norm2", Width), $"{module}.mlp.fc1", Width, 3 * Width)], ("approximate", module.EndsWith('1') ? "tanh" : "none"));
            x = net.Add(x, net.Dense(wide, $"{module}.mlp.fc2", 3 * Width, Width), module);
        }

        var mean = net.Op("ReduceMean", "", [x, net.Constant("", 1)], ("keepdims", 0));
        return net.Output(net.GemmTo("logits", net.LayerNorm(mean, "fc_norm", Width), "head", Width, 10), null, 10);
    }

    private static string Attention(NetWriter net, string x, string module)
    {
        var parts = net.Ops("Split", module, [net.Dense(x, $"{module}.qkv", Width, 3 * Width)], 3, ("axis", -1), ("num_outputs", 3));
        var heads = parts.Select(part => net.Transpose(net.Reshape(part, module, 0, 0, Heads, Width / Heads), module, 0, 2, 1, 3)).ToArray();
        var scores = net.Op("MatMul", module, [heads[0], net.Transpose(heads[1], module, 0, 1, 3, 2)]);
        var weights = net.Op("Softmax", module, [net.Op("Div", module, [scores, net.ConstantScalar(module, MathF.Sqrt(Width / Heads))])], ("axis", -1));
        var mixed = net.Transpose(net.Op("MatMul", module, [weights, heads[2]]), module, 0, 2, 1, 3);
        return net.Dense(net.Reshape(mixed, module, 0, 0, Width), $"{module}.proj", Width, Width);
    }
}
