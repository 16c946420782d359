using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate.Causal;

/// <summary>
/// What the accuracy without an object would be by chance. A model that answers one class whenever it sees no object is right on the images of that class
/// without having learnt any background: so chance is how often a label is given whatever the background was. Which outputs belong to a label is learnt
/// from what was right for it.
/// </summary>
internal sealed class NoObjectChance
{
    private readonly Dictionary<int, long> predictions = [];
    private readonly Dictionary<string, Label> labels = [];
    private long all;

    public void Add(TestedItem item)
    {
        if (item.Of(CausalTest.ObjectRemoved) is not { Label: { } label, Correct: not null, Predicted: { } predicted } row)
        {
            return;
        }

        all++;
        predictions[predicted] = predictions.GetValueOrDefault(predicted) + 1;
        if (!labels.TryGetValue(label, out var known))
        {
            labels[label] = known = new Label();
        }

        known.Items++;
        if (row.Correct == true)
        {
            known.Right++;
            known.Outputs.Add(predicted);
        }
    }

    /// <summary>Chance over all labels; null: nothing was tested.</summary>
    public double? OfAll() => all == 0 ? null : labels.Sum(pair => (double)pair.Value.Items / all * Share(pair.Value.Outputs));

    /// <summary>Items of other labels that are called this one once their object is gone, and all items of other labels.</summary>
    public (long Called, long Others) OthersCalled(string label)
    {
        if (!labels.TryGetValue(label, out var known))
        {
            return (0, all);
        }

        return (known.Outputs.Sum(output => predictions[output]) - known.Right, all - known.Items);
    }

    private double Share(HashSet<int> outputs) => outputs.Sum(output => (double)predictions[output]) / all;

    private sealed class Label
    {
        public long Items { get; set; }

        public long Right { get; set; }

        public HashSet<int> Outputs { get; } = [];
    }
}
