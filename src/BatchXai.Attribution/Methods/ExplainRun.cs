using BatchXai.Attribution.Models;
using TorchSharp;

namespace BatchXai.Attribution.Methods;

/// <summary>Explains one input: cuts it into batches that the model takes, runs the shared pass and copies the heatmaps back at once.</summary>
internal sealed class ExplainRun
{
    private readonly ClassifierParts parts;
    private readonly ExplainRequest request;
    private readonly List<IAttributionMethod> methods;
    private readonly Needs needs;
    private readonly List<ItemPrediction> predictions = [];
    private readonly List<Heatmap> maps = [];

    internal ExplainRun(ClassifierParts parts, ExplainRequest request)
    {
        (this.parts, this.request) = (parts, request);
        methods = AttributionMethods.Select(parts, request.Methods);
        needs = methods.Aggregate(Needs.None, (all, method) => all | method.Needs);
    }

    internal Explanation Explain(torch.Tensor input)
    {
        RequestCheck.Check(parts, request.LabelOutputs, input);
        var items = (int)input.shape[0];
        var size = parts.FixedBatch ?? Math.Max(1, items);
        for (var first = 0; first < items; first += size)
        {
            using var scope = torch.NewDisposeScope();
            ExplainBatch(input.detach().narrow(0, first, Math.Min(size, items - first)), first);
        }

        var order = request.Methods.Index().ToDictionary(method => method.Item, method => method.Index);
        return new Explanation(predictions, [.. maps.OrderBy(map => map.Item).ThenBy(map => order[map.Method]).ThenByDescending(map => map.Target, StringComparer.Ordinal)]);
    }

    private void ExplainBatch(torch.Tensor images, int first)
    {
        var count = (int)images.shape[0];
        var size = parts.FixedBatch ?? count;
        var batch = Rows(images.to(torch.float32, parts.Graph.Device), [.. Enumerable.Range(0, count)], size);
        var pass = SharedPass.Run(parts, needs, batch);
        var classes = parts.Scores.Classes;
        var scores = pass.Scores.detach().cpu().data<float>().ToArray();
        var targets = new List<List<Target>>();
        for (var row = 0; row < count; row++)
        {
            var (prediction, chosen) = Target.Choose(parts.Scores, row, scores.AsSpan(row * classes, classes), Labels(first + row), request);
            predictions.Add(prediction);
            targets.Add(chosen);
        }

        Emit(pass, size, scores, [.. targets.Where(chosen => chosen.Count > 0).Select(chosen => chosen[0])], first);
        var second = targets.Where(chosen => chosen.Count > 1).Select(chosen => chosen[1]).ToList();
        if (second.Count > 0)
        {
            EmitAgain(pass, scores, second, first);
        }
    }

    private void EmitAgain(SharedPass pass, float[] scores, List<Target> targets, int first)
    {
        using var scope = torch.NewDisposeScope();
        var classes = parts.Scores.Classes;
        var size = parts.FixedBatch ?? targets.Count;
        var rows = Enumerable.Range(0, size).Select(i => targets[Math.Min(i, targets.Count - 1)].Row).ToList();
        var again = pass.Again(Index(rows));
        var moved = targets.Select((target, i) => target with { Row = i }).ToList();
        float[] selected = [.. targets.SelectMany(target => scores.Skip(target.Row * classes).Take(classes))];
        Emit(again, size, selected, moved, first, [.. targets.Select(target => target.Row)]);
    }

    /// <summary>One backward pass for the targets, each in its own row, and one copy of all heatmaps to managed memory.</summary>
    private void Emit(SharedPass pass, int size, float[] scores, List<Target> targets, int first, int[]? batchRows = null)
    {
        if (targets.Count == 0)
        {
            return;
        }

        using var scope = torch.NewDisposeScope();
        var result = Select(pass.Backward(Seed(size, scores, targets), request.Loss), size, targets);
        using var _ = torch.no_grad();
        var made = methods.Select(method => method.Maps(result)).ToList();
        var values = torch.cat([.. made.Select(map => map.flatten())]).cpu().data<float>().ToArray();
        var at = 0;
        for (var m = 0; m < methods.Count; m++)
        {
            var (height, width) = ((int)made[m].shape[1], (int)made[m].shape[2]);
            foreach (var target in targets)
            {
                var item = first + (batchRows?[target.Row] ?? target.Row);
                maps.Add(new Heatmap(item, methods[m].Name, target.Reason, target.Output, height, width, values[at..(at += height * width)]));
            }
        }
    }

    /// <summary>∂s/∂z: one-hot for a class score, softmax(z) − onehot for the loss; zero for rows without a target.</summary>
    private torch.Tensor Seed(int size, float[] scores, List<Target> targets)
    {
        var classes = parts.Scores.Classes;
        var seed = new float[size * classes];
        foreach (var target in targets)
        {
            var row = seed.AsSpan(target.Row * classes, classes);
            if (request.Loss)
            {
                Array.ConvertAll(parts.Scores.LossGradient(scores.AsSpan(target.Row * classes, classes), target.Output), value => (float)value).CopyTo(row);
            }
            else
            {
                row[target.Output] = 1;
            }
        }

        return torch.tensor(seed, [size, classes]).to(parts.Graph.Device);
    }

    private PassResult Select(PassResult result, int size, List<Target> targets)
    {
        var all = targets.Count == size;
        var rows = Index(targets.Select(target => target.Row));
        torch.Tensor? Keep(torch.Tensor? tensor) => all ? tensor : tensor?.index_select(0, rows);
        return result with
        {
            Activation = Keep(result.Activation),
            PooledGradient = Keep(result.PooledGradient),
            ActivationGradient = Keep(result.ActivationGradient),
            InputGradient = Keep(result.InputGradient),
            HeadRows = parts.Head?.Weights.index_select(0, Index(targets.Select(target => target.Output))),
        };
    }

    private torch.Tensor Rows(torch.Tensor tensor, List<int> rows, int size) =>
        rows.Count == size ? tensor : tensor.index_select(0, Index(Enumerable.Range(0, size).Select(i => rows[Math.Min(i, rows.Count - 1)])));

    private torch.Tensor Index(IEnumerable<int> rows) => torch.tensor([.. rows.Select(row => (long)row)], torch.int64).to(parts.Graph.Device);

    private IReadOnlyList<int>? Labels(int item) => request.LabelOutputs.Count > 0 ? request.LabelOutputs[item] : null;
}
