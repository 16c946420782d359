using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Onnx.Torch;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Causal;

/// <summary>
/// The causal tests (after Xiao et al. 2020, arXiv 2006.09994): each item on other backgrounds, without its object, and in a placebo. Forward passes only, in batches of the items given; one image for each
/// outcome. An item's outcomes are the same in any batch.
/// </summary>
public static class CausalBattery
{
    /// <summary>Runs all tests in all styles of filling.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="batch">Items, donors of backgrounds, and what was predicted before; every image has enough of it (<see cref="KnownBackground"/>).</param>
    /// <param name="passed">Called after each step, with the number of images that went through the model in it.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>One outcome an item × test × fill for which there is a donor where one is needed, ordered by fill, test and item.</returns>
    public static IReadOnlyList<CausalOutcome> Run(Classifier classifier, CausalBatch batch, Action<int> passed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(passed);
        return new CausalRun(classifier, batch, passed, cancellationToken).Run();
    }
}

/// <summary>One batch on its way through the tests.</summary>
internal sealed class CausalRun(Classifier classifier, CausalBatch batch, Action<int> passed, CancellationToken cancellationToken)
{
    private readonly List<CausalOutcome> outcomes = [];

    internal List<CausalOutcome> Run()
    {
        using var _ = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var items = OnDevice(batch.Items);
        var donors = batch.Donors is null ? null : OnDevice(batch.Donors);
        foreach (var fill in Enum.GetValues<FillStyle>())
        {
            using var style = torch.NewDisposeScope();
            var own = items.Background(fill);
            Test(CausalTest.Placebo, fill, () => items.Paste(own));
            MixedTest(CausalTest.MixedSame, fill, items, donors, batch.SameDonor);
            MixedTest(CausalTest.MixedRand, fill, items, donors, batch.RandDonor);
            Test(CausalTest.ObjectRemoved, fill, () => items.WithoutObject(own));
            Test(CausalTest.BackgroundBlurred, fill, () => items.Paste(Layers.Blurred(own)));
        }

        return outcomes;
    }

    private Layers OnDevice(CausalImages images) =>
        Layers.Of(images.Inputs.to(torch.float32, classifier.Device), images.Masks.to(torch.float32, classifier.Device), images.Padding?.to(torch.float32, classifier.Device));

    private void MixedTest(CausalTest test, FillStyle fill, Layers items, Layers? donors, IReadOnlyList<int?> chosen)
    {
        int[] rows = [.. Enumerable.Range(0, chosen.Count).Where(row => chosen[row] is not null)];
        if (rows.Length == 0)
        {
            return;
        }

        // One donor an item, filled where it is used: no more images are held at once than the batch has, however many donors there are.
        Test(test, fill, () => items.Select(Index(rows)).Paste(donors!.Select(Index([.. rows.Select(row => chosen[row]!.Value)])).Background(fill)), rows);
    }

    private void Test(CausalTest test, FillStyle fill, Func<torch.Tensor> compose, int[]? rows = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var scope = torch.NewDisposeScope();
        rows ??= [.. Enumerable.Range(0, batch.Predictions.Count)];
        var predictions = classifier.Predict(compose(), [.. rows.Select(Followed)]);
        outcomes.AddRange(rows.Zip(predictions, (row, after) => Outcome(row, test, fill, after)));
        passed(rows.Length);
    }

    private CausalOutcome Outcome(int row, CausalTest test, FillStyle fill, ItemPrediction after) => new(
        row, test, fill, after.Predicted, after.Confidence, IsLabelled(row) ? after.Correct : null, after.LabelProbability, after.IsFinite ? after.Predicted != batch.Predictions[row].Predicted : null);

    private IReadOnlyList<int> Followed(int row) => IsLabelled(row) ? batch.LabelOutputs[row]! : [batch.Predictions[row].Predicted!.Value];

    private bool IsLabelled(int row) => batch.LabelOutputs[row] is { Count: > 0 };

    private torch.Tensor Index(int[] rows) => torch.tensor([.. rows.Select(row => (long)row)], torch.int64).to(classifier.Device);
}
