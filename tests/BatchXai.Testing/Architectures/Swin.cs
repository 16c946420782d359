namespace BatchXai.Testing.Architectures;

/// <summary>
/// Swin: attention within windows, shifted in every second block by rolling the image; relative position bias and shift mask;
/// patches merged by strided slices. Layer normalization is still written out, as before opset 17.
/// </summary>
internal static class Swin
{
    private const long Window = 4;
    private const long Area = Window * Window;

    public static byte[] Write()
    {
        var net = new NetWriter(16, Namings.TorchScript);
        var x = net.Conv(net.Input("input", null, 3, 32, 32), "patch_embed.proj", 3, 16, 4, 4, gain: 1);
        x = Normalized(net, net.Transpose(x, "patch_embed", 0, 2, 3, 1), "patch_embed.norm", 16);
        x = Block(net, x, "layers.0.blocks.0", 16, 2, side: 8, shift: 0);
        x = Block(net, x, "layers.0.blocks.1", 16, 2, side: 8, shift: Window / 2);
        x = Merged(net, x, "layers.1.downsample", 16);
        x = Block(net, x, "layers.1.blocks.0", 32, 4, side: 4, shift: 0);
        var mean = net.Op("ReduceMean", "head.global_pool", [Normalized(net, x, "norm", 32)], ("axes", new[] { 1, 2 }), ("keepdims", 0));
        return net.Output(net.GemmTo("output", mean, "head.fc", 32, 10), null, 10);
    }

    private static string Block(NetWriter net, string x, string module, long width, long heads, long side, long shift)
    {
        var y = Normalized(net, x, $"{module}.norm1", width);
        y = shift == 0 ? y : Rolled(net, Rolled(net, y, module, 1, shift, side), module, 2, shift, side);
        var count = side / Window;
        var windows = net.Transpose(net.Reshape(y, module, -1, count, Window, count, Window, width), module, 0, 1, 3, 2, 4, 5);
        y = Attention(net, net.Reshape(windows, module, -1, Area, width), $"{module}.attn", width, heads, shift == 0 ? 0 : side);
        y = net.Transpose(net.Reshape(y, module, -1, count, count, Window, Window, width), module, 0, 1, 3, 2, 4, 5);
        y = net.Reshape(y, module, -1, side, side, width);
        y = shift == 0 ? y : Rolled(net, Rolled(net, y, module, 1, side - shift, side), module, 2, side - shift, side);
        x = net.Add(x, y, module);
        var wide = net.GeluByErf(net.Dense(Normalized(net, x, $"{module}.norm2", width), $"{module}.mlp.fc1", width, 4 * width), $"{module}.mlp.act");
        return net.Add(x, net.Dense(wide, $"{module}.mlp.fc2", 4 * width, width), module);
    }

    private static string Attention(NetWriter net, string x, string module, long width, long heads, long maskedSide)
    {
        var wide = net.Transpose(net.Reshape(net.Dense(x, $"{module}.qkv", width, 3 * width), module, -1, Area, 3, heads, width / heads), module, 2, 0, 3, 1, 4);
        string Part(long index) => net.Op("Gather", module, [wide, net.ConstantScalar(module, index)], ("axis", 0));
        var q = net.Mul(Part(0), net.ConstantScalar(module, 1 / MathF.Sqrt(width / heads)), module);
        var scores = net.Op("MatMul", module, [q, net.Transpose(Part(1), module, 0, 1, 3, 2)]);
        scores = net.Add(scores, PositionBias(net, module, heads), module);
        scores = maskedSide == 0 ? scores : Masked(net, scores, module, heads, maskedSide);
        var mixed = net.Op("MatMul", module, [net.Op("Softmax", module, [scores], ("axis", -1)), Part(2)]);
        return net.Dense(net.Reshape(net.Transpose(mixed, module, 0, 2, 1, 3), module, -1, Area, width), $"{module}.proj", width, width);
    }

    private static string PositionBias(NetWriter net, string module, long heads)
    {
        const long Span = (2 * Window) - 1;
        var index = from a in Range(Area)
                    from b in Range(Area)
                    select (((a / Window) - (b / Window) + Window - 1) * Span) + (a % Window) - (b % Window) + Window - 1;
        var rows = net.Op("Gather", module, [net.Weights($"{module}.relative_position_bias_table", [Span * Span, heads], 0.3), net.Ints($"{module}.relative_position_index", [.. index])], ("axis", 0));
        var bias = net.Transpose(net.Reshape(rows, module, Area, Area, heads), module, 2, 0, 1);
        return net.Op("Unsqueeze", module, [bias, net.Constant(module, 0)]);
    }

    // Rolling brings strangers into one window; −100 keeps them from attending to one another.
    private static string Masked(NetWriter net, string scores, string module, long heads, long side)
    {
        var count = side / Window;
        long Region(long position) => position < side - Window ? 0 : position < side - (Window / 2) ? 1 : 2;
        long At(long window, long token) => (Region(((window / count) * Window) + (token / Window)) * 3) + Region(((window % count) * Window) + (token % Window));
        var mask = from window in Range(count * count)
                   from a in Range(Area)
                   from b in Range(Area)
                   select At(window, a) == At(window, b) ? 0f : -100f;
        var apart = net.Reshape(scores, module, -1, count * count, heads, Area, Area);
        return net.Reshape(net.Add(apart, net.Values($"{module}.mask", [1, count * count, 1, Area, Area], [.. mask]), module), module, -1, heads, Area, Area);
    }

    private static IEnumerable<long> Range(long count) => Enumerable.Range(0, (int)count).Select(i => (long)i);

    // torch.roll by −shift.
    private static string Rolled(NetWriter net, string x, string module, long axis, long shift, long side) => net.Concat(module, axis,
        Sliced(net, x, module, axis, shift, long.MaxValue, 1), Sliced(net, x, module, axis, 0, shift - side, 1));

    private static string Sliced(NetWriter net, string x, string module, long axis, long start, long end, long step)
        => net.Op("Slice", module, [x, net.Constant(module, [start]), net.Constant(module, [end]), net.Constant(module, [axis]), net.Constant(module, [step])]);

    private static string Merged(NetWriter net, string x, string module, long width)
    {
        var parts = from right in Range(2)
                    from down in Range(2)
                    select Sliced(net, Sliced(net, x, module, 1, down, long.MaxValue, 2), module, 2, right, long.MaxValue, 2);
        return net.Dense(Normalized(net, net.Concat(module, -1, [.. parts]), $"{module}.norm", 4 * width), $"{module}.reduction", 4 * width, 2 * width, bias: false);
    }

    private static string Normalized(NetWriter net, string x, string module, long width)
    {
        var centred = net.Op("Sub", module, [x, net.Op("ReduceMean", module, [x], ("axes", new[] { -1 }))]);
        var square = net.Op("Pow", module, [centred, net.ConstantScalar(module, 2f)]);
        var variance = net.Add(net.Op("ReduceMean", module, [square], ("axes", new[] { -1 })), net.ConstantScalar(module, 1e-5f), module);
        var unit = net.Op("Div", module, [centred, net.Op("Sqrt", module, [variance])]);
        return net.Add(net.Mul(unit, net.Positive($"{module}.weight", width), module), net.Weights($"{module}.bias", [width], 0.1), module);
    }
}
