namespace BatchXai.Testing.Architectures;

/// <summary>ViT: patches as tokens behind a class token, whose size is computed from the input's; the score is read from the class token.</summary>
internal static class VisionTransformer
{
    private const long Width = 32;
    private const long Heads = 4;
    private const long Tokens = 17;

    public static byte[] Write()
    {
        var net = new NetWriter(17, Namings.TorchScript);
        var x = WithClassToken(net, Patches(net, net.Input("input", null, 3, 32, 32)));
        x = net.Add(x, net.Weights("pos_embed", [1, Tokens, Width], 0.3));
        foreach (var module in new[] { "blocks.0", "blocks.1" })
        {
            x = net.Add(x, Attention(net, net.LayerNorm(x, $"{module}.norm1", Width), $"{module}.attn"), module);
            var wide = net.GeluByErf(net.Dense(net.LayerNorm(x, $"{module}.norm2", Width), $"{module}.mlp.fc1", Width, 4 * Width), $"{module}.mlp.act");
            x = net.Add(x, net.Dense(wide, $"{module}.mlp.fc2", 4 * Width, Width), module);
        }

        var token = net.Op("Gather", "", [net.LayerNorm(x, "norm", Width), net.ConstantScalar("", 0L)], ("axis", 1));
        return net.Output(net.GemmTo("output", token, "head", Width, 10), null, 10);
    }

    private static string Patches(NetWriter net, string image)
    {
        var x = net.Conv(image, "patch_embed.proj", 3, Width, 8, 8, gain: 1);
        var batch = Size(net, x, "patch_embed", 0);
        var shape = net.Concat("patch_embed", 0, batch, net.Constant("patch_embed", Width), net.Constant("patch_embed", -1));
        return net.Transpose(net.Op("Reshape", "patch_embed", [x, shape], ("allowzero", 0)), "patch_embed", 0, 2, 1);
    }

    // cls_token.expand(N, -1, -1): the exporter computes "−1 means 1" inside the graph.
    private static string WithClassToken(NetWriter net, string patches)
    {
        var wanted = net.Concat("", 0, Size(net, patches, "", 0), net.Constant("", -1), net.Constant("", -1));
        var ones = net.Op("ConstantOfShape", "", [net.Op("Shape", "", [wanted])], ("value", new Onnx.OnnxTensor("", Onnx.OnnxElementType.Int64, [1], BitConverter.GetBytes(1L))));
        var kept = net.Op("Equal", "", [wanted, net.Mul(ones, net.ConstantScalar("", -1L))]);
        var token = net.Op("Expand", "", [net.Weights("cls_token", [1, 1, Width], 0.5), net.Op("Where", "", [kept, ones, wanted])]);
        return net.Concat("", 1, token, patches);
    }

    private static string Attention(NetWriter net, string x, string module)
    {
        var wide = net.Dense(x, $"{module}.qkv", Width, 3 * Width);
        var shape = net.Concat(module, 0, Size(net, x, module, 0), Size(net, x, module, 1), net.Constant(module, 3), net.Constant(module, Heads), net.Constant(module, Width / Heads));
        var parts = net.Transpose(net.Op("Reshape", module, [wide, shape]), module, 2, 0, 3, 1, 4);
        string Part(long index) => net.Op("Gather", module, [parts, net.ConstantScalar(module, index)], ("axis", 0));
        var (q, k, v) = (Part(0), Part(1), Part(2));

        // √√d on both sides, as scaled_dot_product_attention is exported.
        var scale = net.Op("Sqrt", module, [net.Op("Div", module, [net.ConstantScalar(module, 1f), net.Op("Sqrt", module, [net.ConstantScalar(module, (float)(Width / Heads))])])]);
        var scores = net.Op("MatMul", module, [net.Mul(q, scale, module), net.Mul(net.Transpose(k, module, 0, 1, 3, 2), scale, module)]);
        var mixed = net.Op("MatMul", module, [net.Op("Softmax", module, [scores], ("axis", -1)), v]);
        var joined = net.Op("Reshape", module, [net.Transpose(mixed, module, 0, 2, 1, 3), net.Concat(module, 0, Size(net, x, module, 0), Size(net, x, module, 1), net.Constant(module, Width))]);
        return net.Dense(joined, $"{module}.proj", Width, Width);
    }

    /// <summary>Size of one axis as a list of one: Shape, Gather, Unsqueeze.</summary>
    private static string Size(NetWriter net, string x, string module, long axis)
    {
        var size = net.Op("Gather", module, [net.Op("Shape", module, [x]), net.ConstantScalar(module, axis)], ("axis", 0));
        return net.Op("Unsqueeze", module, [size, net.Constant(module, 0)]);
    }
}
