using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using TorchSharp;

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

    /// <summary>Makes the images of one style of filling again, for people to see. No image goes through the model.</summary>
    /// <param name="classifier">The model, for its device.</param>
    /// <param name="batch">Items and donors, as for <see cref="Run"/>.</param>
    /// <param name="fill">How the object's place is filled.</param>
    /// <returns>What the model saw: one an item × test for which there is a donor where one is needed, ordered by test and item.</returns>
    public static IReadOnlyList<CausalComposite> Compose(Classifier classifier, CausalBatch batch, FillStyle fill)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(batch);
        using var _ = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return [.. new CausalComposer(batch, classifier.Device).Changes(fill).SelectMany(Composites)];
    }

    private static List<CausalComposite> Composites(CausalChange change)
    {
        using var scope = torch.NewDisposeScope();
        var values = change.Compose().cpu().data<float>().ToArray();
        return [.. change.Items.Zip(values.Chunk(values.Length / change.Items.Count), (item, input) => new CausalComposite(item, change.Test, input))];
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
        var composer = new CausalComposer(batch, classifier.Device);
        foreach (var fill in Enum.GetValues<FillStyle>())
        {
            using var style = torch.NewDisposeScope();
            foreach (var change in composer.Changes(fill))
            {
                Test(change);
            }
        }

        return outcomes;
    }

    private void Test(CausalChange change)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var scope = torch.NewDisposeScope();
        var predictions = classifier.Predict(change.Compose(), [.. change.Items.Select(Followed)]);
        outcomes.AddRange(change.Items.Zip(predictions, (row, after) => Outcome(row, change, after)));
        passed(change.Items.Count);
    }

    private CausalOutcome Outcome(int row, CausalChange change, ItemPrediction after) => new(
        row, change.Test, change.Fill, after.Predicted, after.Confidence, IsLabelled(row) ? after.Correct : null, after.LabelProbability,
        after.Predicted is { } predicted ? Flips(row, predicted) : null);

    // A label may have several outputs: one of them for another is the same answer.
    private bool Flips(int row, int after) =>
        batch.Predictions[row].Predicted is { } before && before != after && !(IsLabelled(row) && batch.LabelOutputs[row]!.Contains(before) && batch.LabelOutputs[row]!.Contains(after));

    private IReadOnlyList<int> Followed(int row) => IsLabelled(row) ? batch.LabelOutputs[row]! : [batch.Predictions[row].Predicted!.Value];

    private bool IsLabelled(int row) => batch.LabelOutputs[row] is { Count: > 0 };
}
