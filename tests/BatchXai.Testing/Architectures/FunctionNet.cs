using BatchXai.Onnx;

namespace BatchXai.Testing.Architectures;

/// <summary>
/// A network as PyTorch 2.1 to 2.4 wrote it with dynamo_export: every module is a function of the model's own, and calls functions of
/// the torch library, whose attributes refer to those of the call.
/// </summary>
internal static class FunctionNet
{
    private const string Library = "pkg.onnxscript.torch_lib";
    private const string Modules = "pkg.torch.2.3.0";

    public static byte[] Write()
    {
        var net = new NetWriter(18, Namings.Dynamo);
        var input = net.Input("arg0", null, 3, 32, 32);
        net.Model.Opset(Library, 1).Opset(Modules, 1);
        AddLibrary(net.Model);
        var x = Block(net, input, "features_0", 3, 16);
        x = Block(net, x, "features_1", 16, 24);
        x = net.Call(Library, "aten_mean_dim", "", [x, net.Constant("", -1, -2)], ("keepdim", 0));
        return net.Output(net.Call(Modules, "torch_nn_modules_linear_Linear_head_1", "", [x, net.Scaled("head.weight", [10, 24], 24), net.Weights("head.bias", [10], 0.1)]), null, 10);
    }

    private static void AddLibrary(OnnxModelBuilder model) => model
        .Function(Library, "aten_relu", ["self"], ["result"], new OnnxModelBuilder(18).Node("Relu", ["self"], "result"))
        .Function(Library, "aten_convolution", ["input", "weight", "bias"], ["result"],
            new OnnxModelBuilder(18).Node("Conv", ["input", "weight", "bias"], "result", ("strides", Reference("strides", "stride", 7)), ("pads", Reference("pads", "padding", 7))), "stride", "padding")
        .Function(Library, "aten_mean_dim", ["self", "dim"], ["result"],
            new OnnxModelBuilder(18).Node("ReduceMean", ["self", "dim"], "result", ("keepdims", Reference("keepdims", "keepdim", 2))), "keepdim")
        .Function(Modules, "torch_nn_modules_linear_Linear_head_1", ["input", "weight", "bias"], ["output"],
            new OnnxModelBuilder(18).Node("Transpose", ["weight"], "turned", ("perm", new[] { 1, 0 })).Node("MatMul", ["input", "turned"], "product").Node("Add", ["product", "bias"], "output"));

    private static string Block(NetWriter net, string x, string module, long from, long to)
    {
        var body = new OnnxModelBuilder(18)
            .Node("aten_convolution", Library, ["input", "weight", "bias"], ["convolution"], ("stride", new[] { 2, 2 }), ("padding", new[] { 1, 1, 1, 1 }))
            .Node("aten_relu", Library, ["convolution"], ["output"]);
        net.Model.Function(Modules, $"torch_nn_modules_container_Sequential_{module}", ["input", "weight", "bias"], ["output"], body);
        return net.Call(Modules, $"torch_nn_modules_container_Sequential_{module}", module, [x, net.Scaled($"{module}.0.weight", [to, from, 3, 3], from * 9, 2), net.Weights($"{module}.0.bias", [to], 0.1)]);
    }

    private static OnnxAttribute Reference(string name, string to, int kind) => new() { Name = name, ReferenceTo = to, Kind = kind };
}
