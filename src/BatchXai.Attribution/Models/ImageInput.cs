using System.Globalization;
using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>The image input as the file declares it, made concrete by the options.</summary>
/// <param name="Input">What it is.</param>
/// <param name="DeclaredBatch">Number of images that the file declares; null: any.</param>
internal sealed record ImageInput(ClassifierInput Input, int? DeclaredBatch)
{
    // More channels than that in the last axis are rows of an image in N×C×H×W.
    private const int MostChannels = 4;
    private const int UsualChannels = 3;

    private static readonly string[] Movers = ["Transpose", "Identity", "Reshape", "Squeeze", "Unsqueeze"];

    /// <summary>Images N×C×H×W in single precision → what the graph takes. Differentiable, so that gradients come back N×C×H×W.</summary>
    internal Dictionary<string, torch.Tensor> Feed(torch.Tensor images)
    {
        var laid = Input.Layout switch
        {
            InputLayout.ChannelsLast => images.permute(0, 2, 3, 1),
            InputLayout.Flat => images.permute(0, 2, 3, 1).flatten(1),
            _ => images,
        };
        return new() { [Input.Name] = laid.to(TypeFed) };
    }

    private torch.ScalarType TypeFed => Input.ElementType switch
    {
        OnnxElementType.Float16 => torch.ScalarType.Float16,
        OnnxElementType.BFloat16 => torch.ScalarType.BFloat16,
        OnnxElementType.Double => torch.ScalarType.Float64,
        // Whole numbers are fed as single precision: they have no gradient, and the graph casts them first.
        _ => torch.ScalarType.Float32,
    };

    /// <summary>Finds the image input; null, with the reasons added to <paramref name="problems"/>, when there is none that can be used.</summary>
    internal static ImageInput? Find(OnnxGraph graph, ClassifierOptions options, List<string> problems)
    {
        var images = graph.Inputs.Where(input => input.Dims.Count == 4).ToList();
        if (images.Count == 0 && graph.Inputs is [{ Dims.Count: 2 } row])
        {
            return FindFlat(graph, row, options, problems);
        }

        if (images.Count != 1)
        {
            problems.Add($"The model has {images.Count} inputs of four axes (all inputs: {string.Join(", ", graph.Inputs.Select(Describe))}); exactly one N×C×H×W image input is expected.");
            return null;
        }

        var image = images[0];
        var before = problems.Count;
        CheckType(graph, image, problems);
        var layout = IsChannelsLast(graph, image) ? InputLayout.ChannelsLast : InputLayout.ChannelsFirst;
        var (channelAxis, heightAxis) = layout == InputLayout.ChannelsLast ? (3, 1) : (1, 2);
        var height = Size(image, heightAxis, "height", options.Height, problems);
        var width = Size(image, heightAxis + 1, "width", options.Width, problems);
        var input = new ClassifierInput(image.Name, (int)(image.Dims[channelAxis] ?? UsualChannels), height, width) { Layout = layout, ElementType = image.ElementType };
        return problems.Count > before ? null : new ImageInput(input, (int?)image.Dims[0]);
    }

    /// <summary>N×F holds pixels when the person says their size: nothing in the file does.</summary>
    private static ImageInput? FindFlat(OnnxGraph graph, OnnxValueInfo row, ClassifierOptions options, List<string> problems)
    {
        if (options is not { Width: > 0 and var width, Height: > 0 and var height })
        {
            problems.Add($"The model has 0 inputs of four axes (all inputs: {Describe(row)}); exactly one N×C×H×W image input is expected. If its numbers are the pixels of an image, give the image's size (--size).");
            return null;
        }

        var pixels = (long)width * height;
        if (row.Dims[1] is not { } values || (values != pixels && values != UsualChannels * pixels))
        {
            problems.Add($"Input {Describe(row)} does not hold images of {width}×{height} pixels: that would be {pixels} numbers, or {UsualChannels * pixels} in colour. Give the size that it was trained with.");
            return null;
        }

        var before = problems.Count;
        CheckType(graph, row, problems);
        var input = new ClassifierInput(row.Name, (int)(values / pixels), height, width) { Layout = InputLayout.Flat, ElementType = row.ElementType };
        return problems.Count > before ? null : new ImageInput(input, (int?)row.Dims[0]);
    }

    private static void CheckType(OnnxGraph graph, OnnxValueInfo image, List<string> problems)
    {
        var fits = image.ElementType is OnnxElementType.Float or OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Double
            || (image.ElementType is OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Int32 or OnnxElementType.Int64 && IsCastFirst(graph, image.Name));
        if (!fits)
        {
            problems.Add($"Input {Describe(image)} holds {image.ElementType}; floating-point numbers are expected, or whole numbers that the model casts first. Export the model in float32.");
        }
    }

    private static bool IsCastFirst(OnnxGraph graph, string tensor) =>
        graph.Consumers(tensor).All(node => node.OpType == "Cast" || (Movers.Contains(node.OpType) && IsCastFirst(graph, node.Outputs[0])));

    /// <summary>The axis with few entries holds the channels; when both or neither have few, what the graph does first tells.</summary>
    private static bool IsChannelsLast(OnnxGraph graph, OnnxValueInfo image)
    {
        static bool IsFew(long? size) => size is >= 1 and <= MostChannels;
        return IsFew(image.Dims[3]) != IsFew(image.Dims[1])
            ? IsFew(image.Dims[3])
            : FirstMove(graph, image.Name)?.Ints("perm") is [0, 3, 1, 2];
    }

    /// <summary>The Transpose that the image meets first, behind arithmetic only.</summary>
    private static OnnxNode? FirstMove(OnnxGraph graph, string tensor)
    {
        while (graph.Consumers(tensor) is [{ OpType: "Cast" or "Identity" or "Sub" or "Mul" or "Add" or "Div" } next])
        {
            tensor = next.Outputs[0];
        }

        return graph.Consumers(tensor) is [{ OpType: "Transpose" } move] ? move : null;
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
        $"'{input.Name}' {string.Join('×', input.Dims.Select(dim => dim?.ToString(CultureInfo.InvariantCulture) ?? "?"))}";
}
