using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>Finds the spatial activations of a model by running one zero image and looking at every tensor.</summary>
internal sealed class LayerSearch
{
    private readonly DifferentiableGraph graph;
    private readonly ClassifierInput input;
    private readonly string scores;
    private readonly List<(string Tensor, long[] Shape)> shapes;
    private readonly HashSet<string> cuts;

    internal LayerSearch(DifferentiableGraph graph, ClassifierInput input, string scores, int batch)
    {
        (this.graph, this.input, this.scores) = (graph, input, scores);
        cuts = TailGraph.Cuts(graph.Model.Graph, input.Name, scores);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var image = torch.zeros([batch, input.Channels, input.Height, input.Width], torch.float32, graph.Device);
        var tensors = TailGraph.DataFrom(graph.Model.Graph, input.Name).Where(tensor => graph.CanCompute(tensor, [input.Name])).ToList();
        var values = graph.Run(new Dictionary<string, torch.Tensor> { [input.Name] = image }, tensors);
        shapes = [.. tensors.Where(tensor => values[tensor].is_floating_point()).Select(tensor => (tensor, values[tensor].shape))];
        Candidates = [.. shapes.Where(tensor => IsSpatial(tensor.Shape) && HasImageAspect(tensor.Shape)).Select(tensor => Describe(tensor.Tensor, tensor.Shape))];
    }

    /// <summary>Every spatial activation with the proportions of the image, in order of execution.</summary>
    internal IReadOnlyList<SpatialLayer> Candidates { get; }

    /// <summary>The scores depend on the image through this tensor alone, but for sizes such as the number of images.</summary>
    internal bool IsCut(string tensor) => cuts.Contains(tensor);

    /// <summary>
    /// The last spatial activation that every path to the scores passes, before global pooling or flattening; null when there is none or
    /// attention follows it, so that its places no longer belong to places of the image.
    /// </summary>
    internal SpatialLayer? FindLast(List<string> warnings)
    {
        string? last = null;
        foreach (var (tensor, shape) in shapes.Where(tensor => IsCut(tensor.Tensor)))
        {
            if (IsSpatial(shape) && HasImageAspect(shape))
            {
                last = tensor;
            }
            else if (last is not null && (shape.Length < 4 || (shape[2] == 1 && shape[3] == 1)))
            {
                break;
            }
        }

        if (last is null)
        {
            warnings.Add("No spatial activation leads to all scores: CAM and Grad-CAM have no target layer. Saliency works.");
            return null;
        }

        if (TailGraph.OperatorsBetween(graph.Model.Graph, last, scores) is var tail && (tail.Contains("Softmax") || tail.Contains("Attention") || tail.Contains("MultiHeadAttention")))
        {
            warnings.Add($"Attention follows the last spatial activation '{last}', as in vision transformers: its maps would say little, so no target layer is chosen. Saliency works.");
            return null;
        }

        return Candidates.First(layer => layer.Tensor == last);
    }

    /// <summary>The layer of that name; null, with the reason added, when it does not exist or is not spatial.</summary>
    internal SpatialLayer? FindNamed(string name, List<string> problems, List<string> warnings)
    {
        var (tensor, shape) = shapes.FirstOrDefault(found => found.Tensor == name);
        if (tensor is null)
        {
            problems.Add($"The model has no layer '{name}' that depends on the image. {NearNames.Suggest(name, [.. Candidates.Select(layer => layer.Tensor)])}");
            return null;
        }

        if (!IsSpatial(shape))
        {
            problems.Add($"Layer '{name}' has shape {string.Join('×', shape)}; a target layer needs N×D×h×w with h·w > 1. {NearNames.Suggest(name, [.. Candidates.Select(layer => layer.Tensor)])}");
            return null;
        }

        if (!HasImageAspect(shape))
        {
            warnings.Add($"Layer '{name}' ({string.Join('×', shape)}) does not have the proportions of the image: it may be channels-last, and its maps then mean nothing.");
        }

        return Describe(tensor, shape);
    }

    private static bool IsSpatial(long[] shape) => shape is [_, _, var height, var width] && height * width > 1;

    /// <summary>Tells N×D×h×w from N×h×w×D: the grid of an activation keeps the aspect ratio of the image, up to a border.</summary>
    private bool HasImageAspect(long[] shape) =>
        Math.Abs(((double)shape[2] * input.Width / input.Height) - shape[3]) <= Math.Max(2, .1 * shape[3]);

    private SpatialLayer Describe(string tensor, long[] shape) =>
        new(tensor, graph.Model.Graph.Producer(tensor)!.OpType, (int)shape[1], (int)shape[2], (int)shape[3]);
}
