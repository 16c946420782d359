using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>The items that a person should look at first, out of a stream of one method × target; memory does not grow with the stream.</summary>
internal sealed class ItemShortlist
{
    private const int Unfocused = 9;
    private const int Wrong = 6;
    private const int SmallClasses = 6;
    private const int Border = 9;
    private const int ExamplesPerClass = 2;

    private readonly BestRows unfocused = new(Unfocused);
    private readonly BestRows wrong = new(Wrong);
    private readonly BestRows border = new(Border);
    private readonly Dictionary<string, List<ItemResult>> examples = [];

    public void Add(ItemResult row)
    {
        if (row.Status != HeatmapStatus.Ok || row.Confidence is not { } confidence)
        {
            return;
        }

        AddExample(row);
        if (row.Correct == false)
        {
            wrong.Add(row, confidence);
        }
        // Above this E₀ a map lands on the object wherever it looks: κ is then mostly noise, and an object that fills the view accuses nobody.
        else if (row is { MaskStatus: MaskStatus.Ok, Measures.Focus: { } kappa, Measures.ChanceEnergy: not > FocusAccumulator.ConfoundedChance })
        {
            unfocused.Add(row, confidence * (1 - Math.Clamp(kappa, -1, 1)));
        }
        else if (row.Measures.BorderShare is { } share)
        {
            border.Add(row, confidence * share);
        }
    }

    /// <summary>Reason and row, first things first; no item twice.</summary>
    /// <param name="smallClasses">Classes with too few usable heatmaps for any figure.</param>
    public IEnumerable<(ListingReason Reason, ItemResult Row)> List(IEnumerable<string> smallClasses)
    {
        var found = unfocused.InOrder().ToLookup(row => row.Measures.Focus < 0);
        var first = found.Count > 0
            ? found[true].Select(row => (ListingReason.ConfidentUnfocused, row)).Concat(found[false].Select(row => (ListingReason.LeastFocused, row)))
            : border.InOrder().Select(row => (ListingReason.BorderAttention, row));
        var small = smallClasses
            .SelectMany(name => examples.GetValueOrDefault(name) ?? [])
            .Take(SmallClasses)
            .Select(row => (ListingReason.SmallClass, row));
        return first
            .Concat(wrong.InOrder().Select(row => (ListingReason.ConfidentWrong, row)))
            .Concat(small)
            .DistinctBy(listed => listed.Item2.Item);
    }

    private void AddExample(ItemResult row)
    {
        if (row.Label is not { } label)
        {
            return;
        }

        if (!examples.TryGetValue(label, out var rows))
        {
            examples[label] = rows = new List<ItemResult>(ExamplesPerClass);
        }

        if (rows.Count < ExamplesPerClass)
        {
            rows.Add(row);
        }
    }
}
