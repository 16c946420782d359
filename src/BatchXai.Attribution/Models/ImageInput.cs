using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>The image input as the file declares it, made concrete by the options.</summary>
internal sealed record ImageInput(ClassifierInput Input, int? FixedBatch)
{
    private const int UsualChannels = 3;

    /// <summary>Finds the image input; null, with the reasons added to <paramref name="problems"/>, when there is none that can be used.</summary>
    internal static ImageInput? Find(OnnxGraph graph, ClassifierOptions options, List<string> problems)
    {
        var images = graph.Inputs.Where(input => input.Dims.Count == 4).ToList();
        if (images.Count != 1)
        {
            problems.Add($"The model has {images.Count} inputs of four axes (all inputs: {string.Join(", ", graph.Inputs.Select(Describe))}); exactly one N×C×H×W image input is expected.");
            return null;
        }

        var image = images[0];
        var before = problems.Count;
        if (image.ElementType != OnnxElementType.Float)
        {
            problems.Add($"Input {Describe(image)} holds {image.ElementType}; single precision is expected. Export the model in float32.");
        }

        if (image.Dims[3] is 1 or 3 && image.Dims[1] is not (1 or 3))
        {
            problems.Add($"Input {Describe(image)} has its channels last; N×C×H×W is expected. Export the model with channels first.");
        }

        var height = Size(image, 2, "height", options.Height, problems);
        var width = Size(image, 3, "width", options.Width, problems);
        return problems.Count > before
            ? null
            : new ImageInput(new ClassifierInput(image.Name, (int)(image.Dims[1] ?? UsualChannels), height, width), (int?)image.Dims[0]);
    }

    private static int Size(OnnxValueInfo image, int axis, string name, int? given, List<string> problems)
    {
        if (image.Dims[axis] is not { } declared)
        {
            if (given is null or < 1)
            {
                problems.Add($"Input {Describe(image)} leaves its {name} free; give the input size in pixels (--size).");
            }

            return given ?? 0;
        }

        if (given is { } asked && asked != declared)
        {
            problems.Add($"Input {Describe(image)} has {name} {declared}, but {asked} was asked for; leave the {name} out.");
        }

        return (int)declared;
    }

    private static string Describe(OnnxValueInfo input) =>
        $"'{input.Name}' {string.Join('×', input.Dims.Select(dim => dim?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"))}";
}
