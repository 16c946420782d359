using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>Finds out what a model is: input, scores, layers and head. Collects every problem before it refuses.</summary>
internal static class ClassifierLoader
{
    internal static ClassifierParts Load(OnnxModel model, ClassifierOptions options)
    {
        var problems = TrainingMode.Problems(model.Graph).ToList();
        var warnings = new List<string>();
        var graph = Compile(model, options, problems);
        try
        {
            // From here on the graph that runs counts, not the file: functions and constant branches are gone from it.
            var running = graph.Model.Graph;
            var image = ImageInput.Find(running, options, problems);
            var cut = ScoreCut.Find(running, options.Output, problems, warnings);
            CheckName(running, options.Layer, problems);
            Refuse(problems);
            if (!graph.CanCompute(cut!.Tensor, [image!.Input.Name]))
            {
                var others = running.Inputs.Select(input => input.Name).Where(name => name != image.Input.Name);
                problems.Add($"Scores '{cut.Tensor}' need more than the image '{image.Input.Name}'; other inputs are {string.Join(", ", others)}. Export the model with the image as its only input.");
            }

            Refuse(problems);
            var scores = new ScoreProbe(graph, image, cut).Read(problems, warnings);
            Refuse(problems);
            (graph, var batch) = BatchSearch.Find(graph, image, cut, warnings);
            return Inspect(graph, image, cut, scores!, batch, options, problems, warnings);
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    private static ClassifierParts Inspect(
        DifferentiableGraph graph, ImageInput image, ScoreCut cut, ScoreReader scores, BatchLimit batch, ClassifierOptions options, List<string> problems, List<string> warnings)
    {
        var search = new LayerSearch(graph, image, scores, batch.Fixed);
        var layer = options.Layer is { } named ? search.FindNamed(named, problems, warnings) : search.FindLast(warnings);
        Refuse(problems);
        var tail = search.TailOf(layer);
        var head = LinearHeadSearch.Find(graph, image.Input, layer, tail, scores, batch.Fixed, out var reason);
        return new ClassifierParts
        {
            Graph = graph,
            Image = image,
            Batch = batch,
            Cut = cut,
            Scores = scores,
            Layer = layer,
            Tail = tail,
            CandidateLayers = search.Candidates,
            Head = head,
            NoHeadReason = reason,
            Normalization = InputNormalization.Find(graph, image, scores.Tensor, batch.Fixed),
            Warnings = warnings,
        };
    }

    /// <summary>The graph that runs. Where operators are missing, whatever else is wrong is said too.</summary>
    private static DifferentiableGraph Compile(OnnxModel model, ClassifierOptions options, List<string> problems)
    {
        try
        {
            return DifferentiableGraph.Compile(model, options.Device);
        }
        catch (UnsupportedOperatorsException missing)
        {
            ImageInput.Find(model.Graph, options, problems);
            ScoreCut.Find(model.Graph, options.Output, problems, []);
            if (problems.Count == 0)
            {
                throw;
            }

            var others = missing.Operators.Where(name => !name.Contains(TrainingMode.Words, StringComparison.Ordinal)).ToList();
            if (others.Count > 0)
            {
                problems.Add($"{others.Count} operator(s) are not supported: {string.Join(", ", others)}. Export the model again with another opset or exporter, or ask for these operators.");
            }

            throw new UnsuitableModelException(problems);
        }
    }

    private static void CheckName(OnnxGraph graph, string? layer, List<string> problems)
    {
        if (layer is null || graph.Contains(layer))
        {
            return;
        }

        List<string> tensors = [.. graph.Nodes.Where(node => node.Outputs.Count > 0).Select(node => node.Outputs[0])];
        if (new LayerNames(graph, tensors).Find(layer).Count == 0)
        {
            problems.Add($"The model has no layer '{layer}'. {NearNames.Suggest(layer, tensors)}");
        }
    }

    private static void Refuse(List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new UnsuitableModelException(problems);
        }
    }
}
