using System.Globalization;
using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;

namespace BatchXai.Worker.Inspect;

/// <summary>Says which preprocessing a model expects: measured where the model normalises its input itself, guessed from its origin otherwise.</summary>
internal static class PreprocessAdvisor
{
    private static readonly string[] Families = ["tf2onnx", "tflite", "tensorflow", "keras"];

    public static PreprocessAdvice Advise(string producer, Classifier classifier) =>
        classifier.Normalization is { } normalization ? Measured(normalization) : Guess(producer, classifier);

    /// <summary>A sentence when the chosen preprocessing feeds another range of values than the model's own normalisation expects; null when it fits.</summary>
    public static string? Contradiction(PreprocessAdvice advice, PreprocessSpec chosen)
    {
        if (advice is not { IsMeasured: true, Preset: { } preset })
        {
            return null;
        }

        var wanted = PreprocessPresets.All[preset];
        var (low, high) = (Value(chosen, 0), Value(chosen, 255));
        var top = Value(wanted, 255);
        return Math.Max(Math.Abs(low), Math.Abs(high - top)) <= .05 * top
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The chosen preprocessing gives the model values from {low:G3} to {high:G3}, but it normalises its input itself and expects 0 to {top:G3}: use --preprocess {preset}, unless you know better.");
    }

    private static PreprocessAdvice Measured(InputNormalization found)
    {
        var does = $"The model normalises its input itself, (x − {Numbers(found.Mean)}) / {Numbers(found.Std)}{(found.SwapsChannels ? ", and reverses the order of the channels" : "")}";
        var preset = found.PixelMaximum switch { 255 => "none", 1 => "0-1", _ => null };
        var text = preset is null
            ? $"{does}; that fits neither pixels in 0…255 nor in 0…1, so it is probably a layer of the network: give the preprocessing of its training."
            : $"{does}, so it takes {(found.SwapsChannels ? "RGB " : "")}pixels in 0…{found.PixelMaximum}: use --preprocess {preset}.";
        return new(text) { Preset = preset, IsMeasured = true, Mean = found.Mean, Std = found.Std, SwapsChannels = found.SwapsChannels };
    }

    private static PreprocessAdvice Guess(string producer, Classifier classifier)
    {
        var input = classifier.Input;
        if (input.Channels == 1)
        {
            return new("One channel: give --mean and --std as in training, with --scale 1/255 if pixels were in 0…1.");
        }

        if (input.Width < 128)
        {
            return new($"A small input ({input.Width}×{input.Height}): usually pixels in 0…1 minus the training set's own mean, divided by its deviation. Give --preprocess 0-1 with --mean and --std as in training.") { Preset = "0-1" };
        }

        // TensorFlow's own ImageNet models have a 1,001st class, for the background.
        var isTensorFlow = classifier.Classes == 1_001 || input.Layout == Attribution.Models.InputLayout.ChannelsLast
            || Families.Any(family => producer.Contains(family, StringComparison.OrdinalIgnoreCase));
        return isTensorFlow
            ? new("Written from TensorFlow or Keras: tf for MobileNet, Inception and Xception, caffe for ResNet50 and VGG, none for EfficientNet. Compare the accuracy that the report shows with the one you know.") { Preset = "tf" }
            : new("Most models of this size take --preprocess imagenet (the default). Compare the accuracy that the report shows with the one you know.") { Preset = "imagenet" };
    }

    private static double Value(PreprocessSpec spec, int pixel) =>
        spec.Mean.Zip(Enumerable.Range(0, spec.Mean.Count).Select(i => spec.Std[Math.Min(i, spec.Std.Count - 1)]), (mean, std) => ((pixel * spec.Scale) - mean) / std).Average();

    private static string Numbers(IReadOnlyList<double> values)
    {
        string[] texts = [.. values.Select(value => value.ToString("G4", CultureInfo.InvariantCulture)).Distinct()];
        return texts.Length == 1 ? texts[0] : $"[{string.Join(", ", values.Select(value => value.ToString("G4", CultureInfo.InvariantCulture)))}]";
    }
}
