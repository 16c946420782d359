using BatchXai.Contracts.Models;
using BatchXai.Onnx;

namespace BatchXai.Cli.Commands;

/// <summary>Guesses the preprocessing of a model from its file. No file says it for sure, so the words say how sure the guess is.</summary>
internal static class PreprocessAdvice
{
    private static readonly string[] Arithmetic = ["Sub", "Div", "Mul", "Add", "BatchNormalization"];

    private static readonly string[] Families = ["tf2onnx", "tflite", "tensorflow", "keras"];

    /// <summary>One or two sentences.</summary>
    public static string For(OnnxModel model, ModelDescription? description)
    {
        var producer = model.Producer;
        var first = model.Graph.Inputs.Count > 0 ? FirstArithmetic(model, model.Graph.Inputs[0].Name) : null;
        if (first is not null)
        {
            return $"The model itself begins with {first}, so it probably takes raw pixels: try --preprocess none, or 0-1 if it was trained on pixels in 0…1.";
        }

        if (description is { Channels: 1 })
        {
            return "One channel: give --mean and --std as in training, with --scale 1/255 if pixels were in 0…1.";
        }

        if (description is { Width: < 128 })
        {
            return $"A small input ({description.Width}×{description.Height}): usually pixels in 0…1 minus the training set's own mean, divided by its deviation. Give --preprocess 0-1 with --mean and --std as in training.";
        }

        // TensorFlow's own ImageNet models have a 1,001st class, for the background.
        var tensorFlow = description is { Classes: 1_001 } || Families.Any(family => producer.Contains(family, StringComparison.OrdinalIgnoreCase));
        return tensorFlow
            ? "Written from TensorFlow or Keras: tf for MobileNet, Inception and Xception, caffe for ResNet50 and VGG, none for EfficientNet. Compare the accuracy that the report shows with the one you know."
            : "Most models of this size take --preprocess imagenet (the default). Compare the accuracy that the report shows with the one you know.";
    }

    private static string? FirstArithmetic(OnnxModel model, string input) =>
        model.Graph.Nodes.Where(node => node.Inputs.Contains(input)).Select(node => node.OpType).FirstOrDefault(Arithmetic.Contains);
}
