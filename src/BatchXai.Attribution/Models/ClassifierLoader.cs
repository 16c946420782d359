using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>Finds out what a model is: input, scores, layers and head. Collects every problem before it refuses.</summary>
internal static class ClassifierLoader
{
    internal static ClassifierParts Load(OnnxModel model, ClassifierOptions options)
    {
        var problems = new List<string>();
        var warnings = new List<string>();
        var image = ImageInput.Find(model.Graph, options, problems);
        var cut = ScoreCut.Find(model.Graph, options.Output, problems);
        if (options.Layer is { } named && !model.Graph.Contains(named))
        {
            var layers = model.Graph.Nodes.Select(node => node.Outputs[0]).ToList();
            problems.Add($"The model has no layer '{named}'. {NearNames.Suggest(named, layers)}");
        }

        Refuse(problems);
        var graph = DifferentiableGraph.Compile(model, options.Device);
        try
        {
            return Inspect(graph, image!, cut!, options, problems, warnings);
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    private static ClassifierParts Inspect(
        DifferentiableGraph graph, ImageInput image, ScoreCut cut, ClassifierOptions options, List<string> problems, List<string> warnings)
    {
        if (!graph.CanCompute(cut.Tensor, [image.Input.Name]))
        {
            var others = graph.Model.Graph.Inputs.Select(input => input.Name).Where(name => name != image.Input.Name);
            problems.Add($"Scores '{cut.Tensor}' need more than the image '{image.Input.Name}'; other inputs are {string.Join(", ", others)}. Export the model with the image as its only input.");
        }

        Refuse(problems);
        var probe = new ScoreProbe(graph, image, cut);
        var scores = probe.Read(problems, warnings);
        Refuse(problems);
        var fixedBatch = image.FixedBatch ?? probe.FindFixedBatch(warnings);
        var search = new LayerSearch(graph, image.Input, cut.Tensor, fixedBatch ?? 1);
        var layer = options.Layer is { } named ? search.FindNamed(named, problems, warnings) : search.FindLast(warnings);
        Refuse(problems);
        var tail = layer is not null && search.IsCut(layer.Tensor) ? new Tail(graph, image.Input.Name, layer.Tensor, scores!) : null;
        var head = LinearHeadSearch.Find(graph, image.Input, layer, tail, scores!, fixedBatch, out var reason);
        return new ClassifierParts
        {
            Graph = graph,
            Input = image.Input,
            FixedBatch = fixedBatch,
            Scores = scores!,
            Layer = layer,
            Tail = tail,
            CandidateLayers = search.Candidates,
            Head = head,
            NoHeadReason = reason,
            Warnings = warnings,
        };
    }

    private static void Refuse(List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new UnsuitableModelException(problems);
        }
    }
}
