namespace BatchXai.Testing.Architectures;

/// <summary>A Keras model through tf2onnx: N×H×W×C in, pixels rescaled and resized inside, padding left to the runtime (SAME_UPPER), ReLU6, probabilities out.</summary>
internal static class KerasNet
{
    public static byte[] Write()
    {
        var net = new NetWriter(15, Namings.TensorFlow, separator: "__");
        var x = net.Input("input_1", null, 33, 33, 3);
        x = net.Op("Sub", "rescaling", [net.Mul(x, net.Scalar("rescaling/scale", 1.2f), "rescaling"), net.Scalar("rescaling/offset", 0.1f)]);
        x = net.Transpose(x, "resizing", 0, 3, 1, 2);
        x = net.Op("Resize", "resizing", [x, "", "", net.Concat("resizing", 0, net.Op("Slice", "resizing", [net.Op("Shape", "resizing", [x]), net.Ints("const_starts", 0), net.Ints("const_ends", 2), net.Ints("const_axis", 0)]), net.Ints("const_sides", 37, 37))],
            ("coordinate_transformation_mode", "half_pixel"), ("mode", "linear"), ("nearest_mode", "floor"));
        x = Unit(net, Conv(net, x, "Conv1", 3, 16, 3, 2, 1), "bn_Conv1", 16);
        x = net.Op("MaxPool", "pool1", [x], ("auto_pad", "SAME_UPPER"), ("kernel_shape", new[] { 3, 3 }), ("strides", new[] { 2, 2 }));
        foreach (var (block, stride) in new[] { ("block_1", 1L), ("block_2", 2L) })
        {
            var y = Unit(net, Conv(net, x, $"{block}_expand", 16, 48, 1, 1, 1), $"{block}_expand_BN", 48);
            y = Unit(net, Conv(net, y, $"{block}_depthwise", 48, 48, 3, stride, 48), $"{block}_depthwise_BN", 48);
            y = net.BatchNorm(Conv(net, y, $"{block}_project", 48, 16, 1, 1, 1), $"{block}_project_BN", 16, 1e-3);
            x = stride == 1 ? net.Add(x, y, $"{block}_add") : y;
        }

        x = net.Op("AveragePool", "pool2", [x], ("auto_pad", "SAME_UPPER"), ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 1, 1 }));
        x = net.Op("Squeeze", "global_average_pooling2d", [net.Op("GlobalAveragePool", "global_average_pooling2d", [x]), net.Ints("const_axes__76", 2, 3)]);
        x = net.Op("MatMul", "predictions", [x, net.Scaled("predictions/MatMul/ReadVariableOp:0", [16, 10], 16, 0.3)]);
        return net.Output(net.OpTo("predictions", "Softmax", [net.Add(x, net.Weights("predictions/BiasAdd/ReadVariableOp:0", [10], 0.1), "predictions")], ("axis", -1)), null, 10);
    }

    private static string Conv(NetWriter net, string x, string module, long from, long to, long kernel, long stride, long groups)
        => net.Op("Conv", module, [x, net.Scaled($"{module}/Conv2D/ReadVariableOp:0", [to, from / groups, kernel, kernel], from / groups * kernel * kernel, 2)],
            ("auto_pad", "SAME_UPPER"), ("group", groups), ("strides", new[] { stride, stride }));

    private static string Unit(NetWriter net, string x, string module, long channels)
        => net.Op("Clip", module, [net.BatchNorm(x, module, channels, 1e-3), net.Scalar($"{module}/zero", 0), net.Scalar($"{module}/six", 6)]);
}
