using BatchXai.TorchScript;
using BatchXai.TorchScript.Execution;
using BatchXai.TorchScript.Rewrite;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>Finds out what a TorchScript model is. What its probe found is taken over; the rest is as with ONNX.</summary>
internal static class ScriptClassifierLoader
{
    internal static ClassifierParts Load(PreparedScript script, ClassifierOptions options)
    {
        var (problems, warnings) = (new List<string>(), new List<string>());
        var graph = new ScriptGraph(script.Load(options.Device ?? torch.CPU), script.Layers);
        try
        {
            var image = new ImageInput(new ClassifierInput(ScriptGraph.Image, script.Channels, script.Height, script.Width), script.FixedBatch);
            var cut = Cut(script, options.Output, problems);
            var candidates = script.Layers.Where(layer => layer.IsSpatial).Select(Spatial).ToList();
            var layer = options.Layer is { } named ? Named(named, script, candidates, problems) : Target(script, warnings);
            Refuse(problems);
            var scores = new ScoreProbe(graph, image, cut!).Read(problems, warnings);
            Refuse(problems);
            return new ClassifierParts
            {
                Graph = graph,
                Image = image,
                Batch = new BatchLimit(script.FixedBatch, script.FixedBatch, IsPatched: false),
                Cut = cut!,
                Scores = scores!,
                Layer = layer,
                Tail = null,
                CandidateLayers = candidates,
                Head = null,
                NoHeadReason = "CAM needs a linear head, which is not looked for in TorchScript archives. Use Grad-CAM: behind global average pooling and one linear layer it is the same map, without the negative part.",
                Normalization = null,
                Warnings = warnings,
            };
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    private static ScoreCut? Cut(PreparedScript script, string? output, List<string> problems)
    {
        if (output is null)
        {
            return script.Logits is { } logits
                ? new ScoreCut(ScriptGraph.Scores, logits.Name, [script.Activation.ToString()])
                : new ScoreCut(ScriptGraph.Scores, ScriptGraph.Scores, []);
        }

        if (output == ScriptGraph.Scores || script.Layers.Any(layer => layer.Name == output && layer.Shape.Count > 0))
        {
            return new ScoreCut(output, output, []);
        }

        problems.Add($"The model has no layer '{output}' to take the scores from. {NearNames.Suggest(output, [.. script.Layers.Select(layer => layer.Name)])}");
        return null;
    }

    private static SpatialLayer? Target(PreparedScript script, List<string> warnings)
    {
        if (script.Target is { } target)
        {
            return Spatial(target);
        }

        warnings.Add(script.NoLayersReason ?? "No spatial activation leads to all scores: CAM and Grad-CAM have no target layer. Saliency works.");
        return null;
    }

    private static SpatialLayer? Named(string name, PreparedScript script, List<SpatialLayer> candidates, List<string> problems)
    {
        if (candidates.Find(layer => layer.Tensor == name) is { } found)
        {
            return found;
        }

        var near = NearNames.Suggest(name, [.. candidates.Select(layer => layer.Tensor)]);
        problems.Add(script.Layers.FirstOrDefault(layer => layer.Name == name) is { } other
            ? $"Layer '{name}' has shape {string.Join('×', other.Shape)}; a target layer needs N×D×h×w with h·w > 1. {near}"
            : $"The model has no layer '{name}'. {script.NoLayersReason ?? near}");
        return null;
    }

    private static SpatialLayer Spatial(ScriptLayer layer) => new(layer.Name, layer.Kind, (int)layer.Shape[1], (int)layer.Shape[2], (int)layer.Shape[3]);

    private static void Refuse(List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new UnsuitableModelException(problems);
        }
    }
}
