using BatchXai.Attribution.Causal;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Causal;
using BatchXai.Worker.Batch;
using BatchXai.Worker.Explain;
using static TorchSharp.torch;
using CausalTest = BatchXai.Contracts.Results.CausalTest;

namespace BatchXai.Worker.Causal;

/// <summary>
/// Pictures of the few items of a shard that show best what another background does. Their images are composed a second time when all are tested, so that nothing is kept of the others,
/// and nothing goes through the model again.
/// </summary>
internal sealed class EvidenceStage(AuditSession session, TorchThread torch, StageTimes times)
{
    private readonly EvidenceShortlist<(CausalItem Item, IReadOnlyList<CausalResult> Rows)> shortlist = new(EvidenceRule.MostOfRun);

    /// <summary>The items with their pictures, first things first; empty until they are drawn.</summary>
    public IReadOnlyList<DrawnEvidence> Drawn { get; private set; } = [];

    /// <summary>An item that was tested.</summary>
    public void Add(CausalItem item, IReadOnlyList<CausalResult> rows)
    {
        if (session.Plan.Request.Overlays != OverlayChoice.None && EvidenceRule.Turns(rows) == true && rows[0].ProbabilityBefore is { } surety)
        {
            shortlist.Add(item.Item.Label, surety, item.Item.Index, (item, rows));
        }
    }

    /// <summary>Draws what was kept, when no more items come.</summary>
    public async Task DrawAsync(CancellationToken cancellationToken)
    {
        var drawn = new List<DrawnEvidence>();
        await new FittingBatch(session.Plan.Request.BatchSize).RunAsync([.. shortlist.InOrder], async (List<(CausalItem Item, IReadOnlyList<CausalResult> Rows)> part) =>
        {
            var composites = await torch.RunAsync(() => times.Time("causal", () => Compose([.. part.Select(kept => kept.Item)])), cancellationToken);
            drawn.AddRange(part.Select((kept, row) => Draw(kept.Item, kept.Rows, composites[row])));
        });
        Drawn = drawn;
    }

    private ILookup<int, CausalComposite> Compose(IReadOnlyList<CausalItem> items)
    {
        using var scope = NewDisposeScope();
        return CausalBattery.Compose(session.Classifier, CausalBatches.Of(items, session.Plan.Model), CausalRows.Style(EvidenceRule.Fill)).ToLookup(composite => composite.Item);
    }

    private DrawnEvidence Draw(CausalItem item, IReadOnlyList<CausalResult> rows, IEnumerable<CausalComposite> composites)
    {
        var index = item.Item.Index;
        var pictures = composites.ToDictionary(composite => ArtifactAddresses.EvidencePicture(index, CausalRows.Word(composite.Test)), composite => Jpeg(composite.Input));
        pictures[ArtifactAddresses.EvidencePicture(index, null)] = Jpeg(item.Image.Input);
        var evidence = new PicturedItem
        {
            Item = index,
            ItemId = item.Item.Id,
            Label = item.Item.Label,
            Fill = EvidenceRule.Fill,
            Before = new() { PredictedName = Name(item.Prediction.Predicted), Confidence = item.Prediction.Confidence, Picture = ArtifactAddresses.EvidencePicture(index, null) },
            Tests = [.. rows.Where(row => row.Fill == EvidenceRule.Fill && row.Status is CausalStatus.Ok or CausalStatus.NonFinite).Select(row => View(item, row))],
        };
        return new(evidence, pictures);
    }

    private PicturedTest View(CausalItem item, CausalResult row)
    {
        var donor = row.Test switch { CausalTest.MixedSame => item.SameDonor?.Item, CausalTest.MixedRand => item.RandDonor?.Item, _ => null };
        return new()
        {
            Test = row.Test,
            DonorId = donor?.Id,
            DonorLabel = donor?.Label,
            PredictedName = Name(row.Predicted),
            Confidence = row.Confidence,
            Flipped = row.Flipped,
            Picture = ArtifactAddresses.EvidencePicture(row.Item, row.Test),
        };
    }

    private string? Name(int? output) => output is { } place && place < session.Plan.OutputNames.Count ? session.Plan.OutputNames[place] : null;

    private byte[] Jpeg(float[] input)
    {
        var (model, preprocess) = (session.Plan.Model, session.Plan.Request.Model.Preprocess);
        var rgb = InputPicture.ToRgb(input, model.Width, model.Height, ModelView.Scaling(preprocess, model.Channels));
        return OverlayRenderer.RenderImage(rgb, model.Width, model.Height);
    }
}
