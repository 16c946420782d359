using System.Runtime.CompilerServices;
using BatchXai.Contracts.Results;
using BatchXai.Storage.Causal;

namespace BatchXai.Coordinator.Aggregate.Causal;

/// <summary>Picks, while the rows of the causal tests stream by, the items whose pictures are worth being looked at.</summary>
internal sealed class EvidencePicker
{
    // More than are shown: runs keep a few each, so the pictures of some are not there.
    private readonly EvidenceShortlist<long> shortlist = new(4 * EvidenceRule.MostOfReport);

    /// <summary>The items, first things first.</summary>
    public IReadOnlyList<long> Items => shortlist.InOrder;

    /// <summary>Items of which it is known whether their answer turned.</summary>
    public long Judged { get; private set; }

    /// <summary>Those of them whose answer did.</summary>
    public long Turned { get; private set; }

    /// <summary>Passes all rows on, ordered by item as they come.</summary>
    public async IAsyncEnumerable<CausalResult> WatchAsync(IAsyncEnumerable<CausalResult> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<CausalResult> item = [];
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (item.Count > 0 && item[0].Item != row.Item)
            {
                Pick(item);
                item.Clear();
            }

            item.Add(row);
            yield return row;
        }

        Pick(item);
    }

    private void Pick(List<CausalResult> item)
    {
        var turns = EvidenceRule.Turns(item);
        Judged += turns is null ? 0 : 1;
        Turned += turns == true ? 1 : 0;
        if (turns == true && item[0].ProbabilityBefore is { } surety)
        {
            shortlist.Add(item[0].Label, surety, item[0].Item, item[0].Item);
        }
    }
}
