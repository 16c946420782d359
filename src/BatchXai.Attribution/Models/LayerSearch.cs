using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>Finds the spatial activations of a model by running one zero image and looking at every tensor on the way to the scores.</summary>
internal sealed class LayerSearch
{
    private const int ShownMatches = 6;

    // A block of a transformer has far fewer; a model without gradients would have every layer tried.
    private const int MostTried = 48;

    // Their values are lists of tensors, which cannot be fetched.
    private static readonly string[] Lists = ["SplitToSequence", "SequenceConstruct", "SequenceEmpty", "SequenceInsert", "SequenceErase", "SequenceMap", "Loop", "Optional"];
    private static readonly string[] Relayouts = ["Identity", "Dropout", "Cast", "Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze"];

    private readonly DifferentiableGraph graph;
    private readonly ImageInput image;
    private readonly ScoreReader scores;
    private readonly int? fixedBatch;
    private readonly List<LayerValue> values;
    private readonly HashSet<string> cuts;
    private readonly LayerNames names;

    internal LayerSearch(DifferentiableGraph graph, ImageInput image, ScoreReader scores, int? fixedBatch)
    {
        (this.graph, this.image, this.scores, this.fixedBatch) = (graph, image, scores, fixedBatch);
        var model = graph.Model.Graph;
        cuts = [.. TailGraph.Cuts(model, image.Input.Name, scores.Tensor)];
        var tensors = TailGraph.Between(model, image.Input.Name, scores.Tensor);
        names = new LayerNames(model, tensors);
        var batch = fixedBatch ?? 1;
        values = Values([.. tensors.Where(tensor => !Lists.Contains(model.Producer(tensor)!.OpType))], batch);
        Candidates = [.. LayoutRule.Read(model, image.Input, values, batch).Select(Named)];
    }

    /// <summary>Every spatial activation with the proportions of the image, in order of execution.</summary>
    internal IReadOnlyList<SpatialLayer> Candidates { get; }

    /// <summary>What is behind a layer; null when the scores depend on the image through other tensors too.</summary>
    internal Tail? TailOf(SpatialLayer? layer) =>
        layer is not null && cuts.Contains(layer.Tensor) ? new Tail(graph, image, layer, scores) : null;

    /// <summary>
    /// The last spatial activation that every path to the scores passes and whose cells the scores read. In a transformer with a class token
    /// the scores read nothing but that token of the last block, so this is the stream before that block: there the attention still reads the
    /// cells. Null when there is none.
    /// </summary>
    internal SpatialLayer? FindLast(List<string> warnings)
    {
        var last = Candidates.Reverse().Where(layer => cuts.Contains(layer.Tensor)).Take(MostTried).FirstOrDefault(layer => new LayerCheck(graph, image, fixedBatch).Reads(layer, TailOf(layer)!));
        if (last is null)
        {
            warnings.Add("No spatial activation leads to all scores: CAM and Grad-CAM have no target layer. Saliency works.");
        }

        return last is null ? null : Original(last);
    }

    /// <summary>The layer of that name; null, with the reason added, when it does not exist, is not spatial or is one of several.</summary>
    internal SpatialLayer? FindNamed(string name, List<string> problems, List<string> warnings)
    {
        var near = NearNames.Suggest(name, [.. Candidates.Select(layer => layer.Tensor), .. Candidates.Select(layer => layer.Name).Where(other => !other.Contains('/'))]);
        var tensors = values.Exists(value => value.Tensor == name) ? [name] : names.Find(name);
        if (tensors.Count > 1)
        {
            problems.Add($"Layer '{name}' made {tensors.Count} tensors; name one of them: {string.Join(", ", tensors.TakeLast(ShownMatches).Select(tensor => $"'{names.Of(tensor)}'"))}.");
            return null;
        }

        if (values.Find(found => tensors.Contains(found.Tensor)) is not { } value)
        {
            problems.Add($"The model has no layer '{name}' between image and scores. {near}");
            return null;
        }

        if (Candidates.FirstOrDefault(layer => layer.Tensor == value.Tensor) is { } candidate)
        {
            Check(candidate, warnings);
            return candidate;
        }

        if (LayoutRule.Force(graph.Model.Graph, value) is not { } forced)
        {
            problems.Add($"Layer '{name}' has shape {string.Join('×', value.Shape)}; a target layer needs N×D×h×w with h·w > 1, N×h×w×D, or N×tokens×D with the proportions of the image. {near}");
            return null;
        }

        warnings.Add($"Layer '{name}' ({string.Join('×', value.Shape)}) does not have the proportions of the image: it is read as N×D×h×w, and its maps may mean nothing.");
        return Named(forced);
    }

    private void Check(SpatialLayer layer, List<string> warnings)
    {
        if (TailOf(layer) is { } tail && !new LayerCheck(graph, image, fixedBatch).Reads(layer, tail))
        {
            warnings.Add($"The scores do not read the cells of layer '{layer.Name}', only {(layer.PrefixTokens > 0 ? "tokens beside them" : "what is constant")}: its maps are empty. Leave --layer out, or name an earlier layer.");
        }
    }

    /// <summary>A layer that only lays out another one anew stands for that one.</summary>
    private SpatialLayer Original(SpatialLayer layer)
    {
        while (Relayouts.Contains(layer.Operator)
            && Candidates.FirstOrDefault(other => other.Tensor == graph.Model.Graph.Producer(layer.Tensor)!.Inputs[0]) is { } source
            && cuts.Contains(source.Tensor) && (source.Height, source.Width, source.Channels) == (layer.Height, layer.Width, layer.Channels))
        {
            layer = source;
        }

        return layer;
    }

    private List<LayerValue> Values(List<string> tensors, int batch)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var zero = torch.zeros([batch, image.Input.Channels, image.Input.Height, image.Input.Width], torch.ScalarType.Float32, graph.Device);
        var found = graph.Run(image.Feed(zero), tensors);
        return [.. tensors.Where(tensor => found[tensor].is_floating_point()).Select(tensor => new LayerValue(tensor, found[tensor].shape, found[tensor].dtype))];
    }

    private SpatialLayer Named(SpatialLayer layer) => layer with { Name = names.Of(layer.Tensor) };
}
