namespace BatchXai.Storage.Causal;

/// <summary>
/// The few items of a stream that are worth a picture: the surest of each class, then the second of each, and so on; within such a round the surest first. What is left out early would never
/// come back, so a shortlist of parts of the stream holds whatever leads the whole.
/// </summary>
/// <param name="size">Items kept.</param>
/// <typeparam name="T">What is kept of an item.</typeparam>
public sealed class EvidenceShortlist<T>(int size)
{
    private List<Entry> kept = [];

    /// <summary>What was kept, first things first.</summary>
    public IReadOnlyList<T> InOrder => [.. kept.Select(entry => entry.Value)];

    /// <summary>Adds an item.</summary>
    /// <param name="label">Its class; null: unlabelled.</param>
    /// <param name="surety">How sure the model was, 0 … 1.</param>
    /// <param name="item">Place in the dataset: of equals the earlier comes first.</param>
    /// <param name="value">What is kept of it.</param>
    public void Add(string? label, double surety, long item, T value) => kept =
    [
        .. kept.Append(new(label ?? "", surety, item, value))
            .GroupBy(entry => entry.Label, StringComparer.Ordinal)
            .SelectMany(entries => entries.OrderByDescending(entry => entry.Surety).ThenBy(entry => entry.Item).Index())
            .OrderBy(entry => entry.Index).ThenByDescending(entry => entry.Item.Surety).ThenBy(entry => entry.Item.Item)
            .Take(size).Select(entry => entry.Item),
    ];

    private sealed record Entry(string Label, double Surety, long Item, T Value);
}
