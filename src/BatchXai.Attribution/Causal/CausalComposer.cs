using TorchSharp;

namespace BatchXai.Attribution.Causal;

/// <summary>Makes the images of the causal tests, on the model's device. Lives as long as the dispose scope that it was made in.</summary>
internal sealed class CausalComposer
{
    private readonly CausalBatch batch;
    private readonly torch.Device device;
    private readonly Layers items;
    private readonly Layers? donors;

    internal CausalComposer(CausalBatch batch, torch.Device device)
    {
        (this.batch, this.device) = (batch, device);
        items = OnDevice(batch.Items);
        donors = batch.Donors is null ? null : OnDevice(batch.Donors);
    }

    /// <summary>The tests of one style of filling that can be made for at least one item, in order. Images are made one test at a time, when asked for.</summary>
    internal IEnumerable<CausalChange> Changes(FillStyle fill)
    {
        int[] all = [.. Enumerable.Range(0, batch.Predictions.Count)];
        var own = items.Background(fill);
        return new CausalChange[]
        {
            new(CausalTest.Placebo, fill, all, () => items.Paste(own)),
            Mixed(CausalTest.MixedSame, fill, batch.SameDonor),
            Mixed(CausalTest.MixedRand, fill, batch.RandDonor),
            new(CausalTest.ObjectRemoved, fill, all, () => items.WithoutObject(own)),
            new(CausalTest.BackgroundBlurred, fill, all, () => items.Paste(Layers.Blurred(own))),
        }.Where(change => change.Items.Count > 0);
    }

    private CausalChange Mixed(CausalTest test, FillStyle fill, IReadOnlyList<int?> chosen)
    {
        int[] rows = [.. Enumerable.Range(0, chosen.Count).Where(row => chosen[row] is not null)];
        // One donor an item, filled where it is used: no more images are held at once than the batch has, however many donors there are.
        return new(test, fill, rows, () => items.Select(Index(rows)).Paste(donors!.Select(Index([.. rows.Select(row => chosen[row]!.Value)])).Background(fill)));
    }

    private Layers OnDevice(CausalImages images) =>
        Layers.Of(images.Inputs.to(torch.float32, device), images.Masks.to(torch.float32, device), images.Padding?.to(torch.float32, device));

    private torch.Tensor Index(int[] rows) => torch.tensor([.. rows.Select(row => (long)row)], torch.int64).to(device);
}

/// <summary>One test with one fill, on some items of a batch.</summary>
/// <param name="Test">The test.</param>
/// <param name="Fill">How the object's place is filled.</param>
/// <param name="Items">Places of the items in the batch.</param>
/// <param name="Compose">Makes their images n×C×H×W.</param>
internal sealed record CausalChange(CausalTest Test, FillStyle Fill, IReadOnlyList<int> Items, Func<torch.Tensor> Compose);
