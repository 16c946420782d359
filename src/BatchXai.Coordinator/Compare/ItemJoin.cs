using System.Runtime.CompilerServices;

namespace BatchXai.Coordinator.Compare;

/// <summary>
/// Joins the items of two audits by id. Both are read in step, and an item waits only until its partner comes: for the same dataset none waits, for two
/// orders that differ memory grows with how far they are apart.
/// </summary>
internal sealed class ItemJoin
{
    private readonly Dictionary<string, SeenItem> firstWaiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SeenItem> secondWaiting = new(StringComparer.Ordinal);

    /// <summary>Items of the first audit without a partner; known when all pairs are read.</summary>
    public long OnlyFirst => firstWaiting.Count;

    /// <summary>Items of the second audit without a partner; known when all pairs are read.</summary>
    public long OnlySecond => secondWaiting.Count;

    /// <summary>The items that are in both.</summary>
    public async IAsyncEnumerable<(SeenItem First, SeenItem Second)> PairsAsync(
        IAsyncEnumerable<SeenItem> first, IAsyncEnumerable<SeenItem> second, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var firstItems = first.GetAsyncEnumerator(cancellationToken);
        await using var secondItems = second.GetAsyncEnumerator(cancellationToken);
        var (firstGoesOn, secondGoesOn) = (true, true);
        while (firstGoesOn || secondGoesOn)
        {
            firstGoesOn = firstGoesOn && await firstItems.MoveNextAsync();
            if (firstGoesOn && Find(firstItems.Current, secondWaiting, firstWaiting) is { } itsSecond)
            {
                yield return (firstItems.Current, itsSecond);
            }

            secondGoesOn = secondGoesOn && await secondItems.MoveNextAsync();
            if (secondGoesOn && Find(secondItems.Current, firstWaiting, secondWaiting) is { } itsFirst)
            {
                yield return (itsFirst, secondItems.Current);
            }
        }
    }

    private static SeenItem? Find(SeenItem item, Dictionary<string, SeenItem> partners, Dictionary<string, SeenItem> waiting)
    {
        if (partners.Remove(item.Id, out var partner))
        {
            return partner;
        }

        waiting.Add(item.Id, item);
        return null;
    }
}
