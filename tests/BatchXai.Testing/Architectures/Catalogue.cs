namespace BatchXai.Testing.Architectures;

/// <summary>Every architecture, by name.</summary>
public static class Catalogue
{
    /// <summary>One for each family and exporter.</summary>
    public static IReadOnlyDictionary<string, Architecture> All { get; } = new Architecture[]
    {
        new("resnet", "input", "output", ResNet.Write, 3, 64, 64),
        new("densenet", "input.1", "output", DenseNet.Write, 3, 64, 64),
        new("inception", "x", "logits", Inception.Write, 3, 64, 64),
        new("efficientnet", "input", "output", EfficientNet.Write, 3, 64, 64),
        new("mobilenet v3", "input", "output", MobileNetV3.Write, 3, 64, 64),
        new("shufflenet", "input", "output", ShuffleNet.Write, 3, 64, 64),
        new("convnext", "input", "output", ConvNeXt.Write, 3, 64, 64),
        new("vit", "input", "output", VisionTransformer.Write, 3, 32, 32),
        new("vit, mean of tokens", "pixel_values", "logits", PooledTransformer.Write, 3, 32, 32),
        new("vit, registers", "x", "logits", RegisterTransformer.Write, 3, 32, 32),
        new("swin", "input", "output", Swin.Write, 3, 32, 32),
        new("mixer", "input", "output", Mixer.Write, 3, 32, 32),
        new("keras", "input_1", "predictions", KerasNet.Write, 33, 33, 3),
        new("dynamo", "x", "linear", DynamoNet.Write, 3, 48, 48),
        new("functions", "arg0", "torch_nn_modules_linear_Linear_head_1", FunctionNet.Write, 3, 32, 32),
        new("opset 7", "data", "softmax", OldStyleNet.Write, 3, 32, 32),
        new("vgg", "data_0", "prob_1", Vgg.Write, 3, 32, 32),

        // ONNX Runtime computes float16 in float32 on a CPU and rounds less often than torch does: eleven bits, some twenty times.
        new("float16", "input", "output", HalfNet.Write, 3, 32, 32) { Tolerance = 5e-3 },

        // A value on the edge between two steps may fall either way; one step of the scores is 1/128 of their range.
        new("quantized", "input", "output", QuantizedNet.Write, 3, 32, 32) { Tolerance = 2e-2 },
    }.ToDictionary(architecture => architecture.Name);
}
