namespace BatchXai.Testing.Architectures;

/// <summary>Layers as exporters write them.</summary>
internal static class Layers
{
    /// <summary>A square convolution, with bias unless a BatchNormalization follows.</summary>
    public static string Conv(this NetWriter net, string x, string module, long from, long to, long kernel = 1, long stride = 1, long pad = 0, long groups = 1, bool bias = true, double gain = 2)
        => net.Conv(x, module, from, to, (kernel, kernel), stride, [pad, pad, pad, pad], groups, bias, gain);

    public static string Conv(this NetWriter net, string x, string module, long from, long to, (long Height, long Width) kernel, long stride, long[] pads, long groups = 1, bool bias = true, double gain = 2)
    {
        var weight = net.Scaled($"{module}.weight", [to, from / groups, kernel.Height, kernel.Width], from / groups * kernel.Height * kernel.Width, gain);
        string[] inputs = bias ? [x, weight, net.Weights($"{module}.bias", [to], 0.1)] : [x, weight];
        return net.Op("Conv", module, inputs,
            ("dilations", new long[] { 1, 1 }), ("group", groups), ("kernel_shape", new[] { kernel.Height, kernel.Width }), ("pads", pads), ("strides", new[] { stride, stride }));
    }

    public static string BatchNorm(this NetWriter net, string x, string module, long channels, double epsilon = 1e-5)
        => net.Op("BatchNormalization", module,
            [x, net.Positive($"{module}.weight", channels), net.Weights($"{module}.bias", [channels], 0.2), net.Weights($"{module}.running_mean", [channels], 0.2), net.Positive($"{module}.running_var", channels)],
            ("epsilon", epsilon), ("momentum", 0.9));

    public static string Relu(this NetWriter net, string x, string module) => net.Op("Relu", module, [x]);

    public static string Add(this NetWriter net, string a, string b, string module = "") => net.Op("Add", module, [a, b]);

    public static string Mul(this NetWriter net, string a, string b, string module = "") => net.Op("Mul", module, [a, b]);

    /// <summary>x · sigmoid(x).</summary>
    public static string Silu(this NetWriter net, string x, string module) => net.Mul(x, net.Op("Sigmoid", module, [x]), module);

    /// <summary>GELU as PyTorch wrote it before opset 20: x · (erf(x / √2) + 1) · ½.</summary>
    public static string GeluByErf(this NetWriter net, string x, string module)
    {
        var erf = net.Op("Erf", module, [net.Op("Div", module, [x, net.ConstantScalar(module, 1.4142135f)])]);
        var product = net.Mul(x, net.Add(erf, net.ConstantScalar(module, 1f), module), module);
        return net.Mul(product, net.ConstantScalar(module, 0.5f), module);
    }

    /// <summary>A matrix product on the last axis, as a linear layer of an N-D tensor is written.</summary>
    public static string Dense(this NetWriter net, string x, string module, long from, long to, bool bias = true, double gain = 1)
    {
        var product = net.Op("MatMul", module, [x, net.Scaled($"{module}.weight_t", [from, to], from, gain)]);
        return bias ? net.Add(net.Weights($"{module}.bias", [to], 0.1), product, module) : product;
    }

    public static string Gemm(this NetWriter net, string x, string module, long from, long to)
        => net.Op("Gemm", module, GemmInputs(net, x, module, from, to), ("alpha", 1f), ("beta", 1f), ("transB", 1));

    /// <summary>The last linear layer, whose result is the model's output.</summary>
    public static string GemmTo(this NetWriter net, string output, string x, string module, long from, long to)
        => net.OpTo(output, "Gemm", GemmInputs(net, x, module, from, to), ("alpha", 1f), ("beta", 1f), ("transB", 1));

    public static string LayerNorm(this NetWriter net, string x, string module, long channels)
        => net.Op("LayerNormalization", module, [x, net.Positive($"{module}.weight", channels), net.Weights($"{module}.bias", [channels], 0.1)], ("axis", -1), ("epsilon", 1e-6));

    /// <summary>Global average pooling and flattening.</summary>
    public static string Pooled(this NetWriter net, string x, string pool = "avgpool") => net.Op("Flatten", "", [net.Op("GlobalAveragePool", pool, [x])], ("axis", 1));

    public static string MaxPool(this NetWriter net, string x, string module, long kernel, long stride, long pad, params (string, object)[] more)
        => net.Op("MaxPool", module, [x], [("kernel_shape", new[] { kernel, kernel }), ("pads", new[] { pad, pad, pad, pad }), ("strides", new[] { stride, stride }), .. more]);

    public static string AveragePool(this NetWriter net, string x, string module, long kernel, long stride, long pad, params (string, object)[] more)
        => net.Op("AveragePool", module, [x], [("kernel_shape", new[] { kernel, kernel }), ("pads", new[] { pad, pad, pad, pad }), ("strides", new[] { stride, stride }), .. more]);

    public static string Concat(this NetWriter net, string module, long axis, params string[] parts) => net.Op("Concat", module, parts, ("axis", axis));

    public static string Transpose(this NetWriter net, string x, string module, params long[] permutation) => net.Op("Transpose", module, [x], ("perm", permutation));

    public static string Reshape(this NetWriter net, string x, string module, params long[] shape) => net.Op("Reshape", module, [x, net.Constant(module, shape)]);

    private static string[] GemmInputs(NetWriter net, string x, string module, long from, long to)
        => [x, net.Scaled($"{module}.weight", [to, from], from), net.Weights($"{module}.bias", [to], 0.1)];
}
