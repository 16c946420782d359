using BatchXai.Attribution.Measures;
using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Sanity;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Onnx.Torch;
using BatchXai.Worker.Decode;
using BatchXai.Worker.Explain;
using BatchXai.Worker.Measure;
using static TorchSharp.torch;

namespace BatchXai.Worker.Sanity;

/// <summary>Checks, on the first items of the dataset, whether the heatmaps say anything about the model. Only the shard that holds the first item does it, and only where causal tests are not off.</summary>
internal sealed class SanityStage(AuditSession session, TorchThread torch, StageTimes times, ShardProgress progress)
{
    private const int Most = 32;

    private readonly List<DecodedImage> images = [];
    private bool isWanted;

    /// <summary>The finding; null: not this shard's, or nothing to look at.</summary>
    public SanityResult? Result { get; private set; }

    /// <summary>Items that have been explained: the first usable ones are kept.</summary>
    public void Add(ExplainedBatch explained)
    {
        isWanted |= session.Plan.Request.Causal != CausalChoice.Off && explained.Batch.Items.Any(image => image.Item.Index == 0);
        for (var row = 0; isWanted && row < explained.Batch.Readable.Count && images.Count < Most; row++)
        {
            if (explained.Explanation!.Maps.Any(map => map.Item == row))
            {
                images.Add(explained.Batch.Items[explained.Batch.Readable[row]]);
            }
        }
    }

    /// <summary>Runs the checks when no more items come. Memory that does not suffice for all items may do for half of them.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var count = Math.Min(images.Count, session.Plan.Request.BatchSize); count > 0 && Result is null; count /= 2)
        {
            try
            {
                Result = await torch.RunAsync(() => times.Time("causal", () => Check(images[..count], cancellationToken)), cancellationToken);
            }
            catch (Exception failure) when (count > 1 && TorchMemory.WasShort(failure))
            {
                progress.Move();
            }
        }
    }

    private SanityResult Check(List<DecodedImage> items, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        var (plan, seed) = (session.Plan, session.Plan.Request.Seed);
        var input = tensor([.. items.SelectMany(image => image.Input!)], [items.Count, plan.Model.Channels, plan.Model.Height, plan.Model.Width]);
        var request = session.RequestFor(items);
        var explanation = session.Classifier.Explain(input, request);
        progress.Move();
        var result = new SanityResult { Items = items.Count, Controls = [.. request.Methods.SelectMany(method => Controls(items, explanation, method))] };
        try
        {
            var redrawn = WeightRandomization.Run(session.Classifier, input, request, explanation, seed, cancellationToken);
            progress.Move();
            var curves = MapFaithfulness.Run(session.Classifier, input, explanation, seed, progress.Move, cancellationToken);
            return result with
            {
                Redrawn = [.. (redrawn ?? []).Select(found => new RedrawnWeights(found.Method, found.Layers, found.Items, found.Compared, found.Fails, found.Similarity, found.ComplexityRise))],
                Curves = [.. curves.Select(curve => new MapCurves(curve.Method, curve.Items, curve.Deletion, curve.Insertion))],
            };
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !TorchMemory.WasShort(failure))
        {
            // A model that cannot bear other weights is explained all the same.
            return result with { Problem = failure.Message.Split('\n')[0].Trim() };
        }
    }

    private IEnumerable<ControlMap> Controls(List<DecodedImage> items, Explanation explanation, string method)
    {
        if (explanation.Maps.FirstOrDefault(map => map.Method == method) is not { Height: var height, Width: var width })
        {
            yield break;
        }

        var (channels, fullHeight, fullWidth) = (session.Plan.Model.Channels, session.Plan.Model.Height, session.Plan.Model.Width);
        yield return Control("random", image => ControlMaps.Random(height, width, unchecked(session.Plan.Request.Seed + (int)image.Item.Index)));
        yield return Control("edges", image => ControlMaps.Edges(image.Input, channels, fullHeight, fullWidth, height, width));

        ControlMap Control(string name, Func<DecodedImage, float[]> map)
        {
            List<double> focus = [.. items.Select(image => FocusMeasurer.Measure(
                map(image), height, width, new GridMasks(image).Mask(height, width), session.BankOf(image.Item.Split), image.Item.Index, []).Focus).OfType<double>()];
            return new(name, method, focus.Count, focus.Count == 0 ? null : focus.Average());
        }
    }
}
