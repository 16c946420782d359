using BatchXai.Attribution.Causal;
using BatchXai.Attribution.Methods;
using BatchXai.Contracts.Results;
using BatchXai.Storage.Causal;
using BatchXai.Worker.Batch;
using BatchXai.Worker.Decode;
using BatchXai.Worker.Explain;
using static TorchSharp.torch;

namespace BatchXai.Worker.Causal;

/// <summary>
/// Takes the sampled items of a shard through the causal tests, beside their explanation: they are gathered until they fill a batch, while their donors are decoded on the pool.
/// </summary>
internal sealed class CausalStage(AuditSession session, TorchThread torch, StageTimes times, ShardProgress progress)
{
    private readonly Queue<Task<CausalItem?>> waiting = [];
    private readonly FittingBatch fitting = new(session.Plan.Request.BatchSize);
    private readonly List<CausalResult> rows = [];
    private readonly EvidenceStage evidence = new(session, torch, times);

    /// <summary>The rows so far, ordered by item, test and fill.</summary>
    public IReadOnlyList<CausalResult> Rows => rows;

    /// <summary>Pictures of a few items; empty until no more items come.</summary>
    public IReadOnlyList<DrawnEvidence> Evidence => evidence.Drawn;

    /// <summary>Items that have been explained: those that take part are prepared.</summary>
    public void Add(ExplainedBatch explained, CancellationToken cancellationToken)
    {
        for (var row = 0; row < explained.Batch.Readable.Count; row++)
        {
            var image = explained.Batch.Items[explained.Batch.Readable[row]];
            var prediction = explained.Explanation!.Items[row];
            if (prediction.IsFinite && image.MaskProblem is null && CausalSample.Includes(session.Plan, image.Item))
            {
                waiting.Enqueue(Task.Run(() => PrepareAsync(image, prediction, cancellationToken), cancellationToken));
            }
        }
    }

    /// <summary>Runs the tests on full batches; when no more items come, on all that wait.</summary>
    public async Task RunAsync(bool isLast, CancellationToken cancellationToken)
    {
        while (waiting.Count >= fitting.Most || (isLast && waiting.Count > 0))
        {
            var items = new List<CausalItem>();
            for (var taken = Math.Min(fitting.Most, waiting.Count); taken > 0; taken--)
            {
                if (await waiting.Dequeue() is { } item)
                {
                    items.Add(item);
                }
            }

            var outcomes = new List<(CausalItem Item, CausalOutcome Outcome)>();
            await fitting.RunAsync([.. items.Where(item => item.Image.HasBackground)], async (List<CausalItem> part) =>
                outcomes.AddRange(await torch.RunAsync(() => times.Time("causal", () => Test(part, cancellationToken)), cancellationToken)));
            var found = outcomes.ToLookup(pair => pair.Item, pair => pair.Outcome);
            foreach (var item in items)
            {
                List<CausalResult> ofItem = [.. CausalRows.Of(item, found[item])];
                rows.AddRange(ofItem);
                evidence.Add(item, ofItem);
            }
        }

        if (isLast)
        {
            await evidence.DrawAsync(cancellationToken);
        }
    }

    private async Task<CausalItem?> PrepareAsync(DecodedImage decoded, ItemPrediction prediction, CancellationToken cancellationToken)
    {
        if (CausalImage.Of(decoded, session.Plan.Model.Height, session.Plan.Model.Width) is not { } image)
        {
            return null;
        }

        var item = new CausalItem(decoded.Item, decoded.MaskKind, prediction, image, null, null);
        var bank = session.DonorsOf(decoded.Item.Split);
        return image.HasBackground
            ? item with
            {
                SameDonor = await session.DonorImages.FirstAsync(bank.OfSameClass(decoded.Item), times, cancellationToken),
                RandDonor = await session.DonorImages.FirstAsync(bank.OfAnotherClass(decoded.Item), times, cancellationToken),
            }
            : item;
    }

    private List<(CausalItem Item, CausalOutcome Outcome)> Test(List<CausalItem> items, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();
        var batch = CausalBatches.Of(items, session.Plan.Model);
        return [.. CausalBattery.Run(session.Classifier, batch, Passed, cancellationToken).Select(outcome => (items[outcome.Item], outcome))];
    }

    private void Passed(int images)
    {
        WorkerMetrics.CausalPasses(images);
        progress.Move();
    }
}
