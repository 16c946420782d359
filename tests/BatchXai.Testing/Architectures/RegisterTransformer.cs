namespace BatchXai.Testing.Architectures;

/// <summary>ViT with four register tokens behind the class token; opset 23: the Attention operator and RMSNormalization.</summary>
internal static class RegisterTransformer
{
    private const long Width = 32;
    private const long Heads = 4;
    private const long Prefix = 5;
    private const long Patches = 16;

    public static byte[] Write()
    {
        var net = new NetWriter(23, Namings.Dynamo) { NameScopes = true };
        var image = net.Input("x", null, 3, 32, 32);
        var patches = net.Conv(image, "patch_embed.proj", 3, Width, 8, 8, gain: 1);
        patches = net.Transpose(net.Reshape(patches, "patch_embed", 0, Width, Patches), "patch_embed", 0, 2, 1);
        patches = net.Add(patches, net.Weights("pos_embed", [1, Patches, Width], 0.3));
        var batch = net.Op("Shape", "", [image], ("start", 0), ("end", 1));
        var prefix = net.Op("Expand", "", [net.Weights("prefix_tokens", [1, Prefix, Width], 0.5), net.Concat("", 0, batch, net.Constant("", Prefix, Width))]);
        var x = net.Concat("", 1, prefix, patches);
        foreach (var module in new[] { "blocks.0", "blocks.1" })
        {
            x = net.Add(x, Attention(net, Normalized(net, x, $"{module}.norm1"), $"{module}.attn"), module);
            var wide = net.Dense(Normalized(net, x, $"{module}.norm2"), $"{module}.mlp.fc1", Width, 2 * Width);
            x = net.Add(x, net.Dense(net.Silu(wide, $"{module}.mlp.act"), $"{module}.mlp.fc2", 2 * Width, Width), module);
        }

        var token = net.Op("Gather", "", [Normalized(net, x, "norm"), net.ConstantScalar("", 0L)], ("axis", 1));
        return net.Output(net.GemmTo("logits", token, "head", Width, 10), null, 10);
    }

    private static string Attention(NetWriter net, string x, string module)
    {
        string Projected(string name) => net.Dense(x, $"{module}.{name}", Width, Width);
        var mixed = net.Op("Attention", module, [Projected("q"), Projected("k"), Projected("v")], ("q_num_heads", Heads), ("kv_num_heads", Heads));
        return net.Dense(mixed, $"{module}.proj", Width, Width);
    }

    private static string Normalized(NetWriter net, string x, string module)
        => net.Op("RMSNormalization", module, [x, net.Positive($"{module}.weight", Width)], ("axis", -1), ("epsilon", 1e-6));
}
